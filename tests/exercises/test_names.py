import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.names import ABBREVIATIONS, MAX_KEY, fold, free_slug, name_key, name_words

# Words of a name, long enough that no ending of one is taken for a plural of another
WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12).filter(
    lambda word: word not in ABBREVIATIONS
)
NAMES = st.lists(WORDS, min_size=1, max_size=5)


class TestNameWords:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("Pull-ups", ["pull", "up"]),
            ("DB Flyes", ["dumbbell", "fly"]),
            ("Dumbbell flies", ["dumbbell", "fly"]),
            ("BB row", ["barbell", "row"]),
            ("KB swings", ["kettlebell", "swing"]),
            ("BW squat", ["bodyweight", "squat"]),
            ("Alt. curls", ["alternating", "curl"]),
            ("Standing calves", ["standing", "calf"]),
            ("Leg presses", ["leg", "press"]),
            ("Cross-body crunches", ["cross", "body", "crunch"]),
            ("Farmer's walk", ["farmer", "walk"]),
            ("Farmer\u2019s walk", ["farmer", "walk"]),
            ("Farmers walk", ["farmer", "walk"]),
            ("Élévation latérale", ["elevation", "laterale"]),
            ("lat_pulldown", ["lat", "pulldown"]),
            ("Two-point box (bird dog)", ["two", "point", "box", "bird", "dog"]),
            ("90/90 stretch", ["90", "90", "stretch"]),
            ("OHS", ["ohs"]),
            ("kbs", ["kbs"]),
            ("RDLs", ["rdl"]),
            ("DLs and DBs", ["dl", "and", "dumbbell"]),
            ("Ab wheel: from knees", ["ab", "wheel", "from", "knee"]),
        ],
    )
    def test_splits_and_evens_out(self, name, words):
        assert name_words(name) == words

    @pytest.mark.parametrize(
        "name", ["", " ", "!!!", "---", "__", "💪", "\N{COMBINING ACUTE ACCENT}"]
    )
    def test_has_no_words_without_a_letter_or_digit(self, name):
        assert name_words(name) == []

    @pytest.mark.parametrize("name", ["press", "is", "cross", "ss"])
    def test_keeps_an_s_that_is_no_plural(self, name):
        assert name_words(name) == [name]

    def test_reads_styled_letters_as_plain_ones(self):
        assert name_words("\U0001d40f\U0001d42e\U0001d425\U0001d425 \uff35\uff50") == ["pull", "up"]


class TestNameKey:
    @pytest.mark.parametrize(
        "name", ["Pull-up", "pull up", "PULLUP", "pull\u2011ups", " Pull  Ups "]
    )
    def test_is_one_for_all_ways_to_write_it(self, name):
        assert name_key(name) == "pullup"

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Chin-up", "Pull-up"), ("Leg press", "Leg curl"), ("Barbell row", "Dumbbell row")],
    )
    def test_tells_exercises_apart(self, one, other):
        assert name_key(one) != name_key(other)

    @given(NAMES)
    def test_of_a_key_is_the_key(self, words):
        key = name_key(" ".join(words))

        assert name_key(key) == key

    @given(NAMES, st.sampled_from(["-", "  ", " / ", "\u2011", "\t", "_", " (", ", "]))
    def test_ignores_what_stands_between_the_words(self, words, between):
        assert name_key(between.join(words)) == name_key(" ".join(words))

    @given(NAMES)
    def test_ignores_case(self, words):
        name = " ".join(words)

        assert name_key(name.upper()) == name_key(name.title()) == name_key(name)

    @given(st.lists(WORDS.filter(lambda word: word[-1] != "s"), min_size=1, max_size=5))
    def test_ignores_plurals(self, words):
        assert name_key(" ".join(f"{word}s" for word in words)) == name_key(" ".join(words))

    @given(st.text())
    def test_holds_letters_their_marks_and_digits_only(self, name):
        assert all(
            char.isalnum() or unicodedata.category(char) in ("Mn", "Mc") for char in name_key(name)
        )

    @given(st.text(max_size=80))
    def test_fits_its_column_whatever_the_name(self, name):
        assert len(name_key(name)) <= MAX_KEY

    def test_fits_its_column_though_abbreviations_grow(self):
        assert len(name_key("kb " * 26)) == MAX_KEY


class TestScripts:
    """Marks make no other letter in Latin, Greek and Cyrillic; in other scripts they do."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("バイク", "パイク"),
            ("バイク", "ハイク"),
            ("हिंदी", "हदी"),
            ("दंड", "दड"),
            ("ไม้", "ไม"),
            ("สคอวท", "สควอท"),
            ("عِلم", "عَلم"),
            ("أمام", "امام"),
            ("Tạ đòn", "Tà đòn"),
            ("Đẩy ngực", "Đấy ngực"),
            ("한", "하"),
            ("שׁ", "שׂ"),
        ],
    )
    def test_names_are_apart(self, one, other):
        assert name_key(one) != name_key(other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("rücken", "RÜCKEN"),
            ("Rücken", "Rucken"),
            ("Strecken über Kopf", "STRECKEN ÜBER KOPF"),
            ("Fußheben", "FUSSHEBEN"),
            ("Élévation latérale", "elevation laterale"),
            ("Remo inclinación", "REMO INCLINACION"),
            ("İtiş", "itiş"),
            ("\u0131s\u0131nma", "ISINMA"),
            ("Ώθηση", "ωθηση"),
            ("ΏΘΗΣΗΣ", "ώθησης"),
            ("Подъём", "ПОДЪЕМ"),
            ("ﾊﾞｲｸ", "バイク"),
            ("ハ\u3099イク", "バイク"),
            ("Full \uff11\uff12", "full 12"),
            ("한글", unicodedata.normalize("NFD", "한글")),
            ("Đẩy ngực", unicodedata.normalize("NFD", "ĐẨY NGỰC")),
            ("سحب", "ســحب"),
            ("क्\u200dष", "क्ष"),
        ],
    )
    def test_names_are_one(self, one, other):
        assert name_key(one) == name_key(other) != ""

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("सूर्य नमस्कार", ["सूर्य", "नमस्कार"]),
            ("ดึงข้อ", ["ดึงข้อ"]),
            ("プッシュ・アップ", ["プッシュ", "アップ"]),
            ("تَمْرِين البطن", ["تَمْرِين", "البطن"]),
            ("Kéo xà đơn", ["kéo", "xà", "đơn"]),  # a horn says that it is Vietnamese
        ],
    )
    def test_words_stay_whole(self, name, words):
        assert name_words(name) == words

    @given(st.text(max_size=40))
    def test_key_of_a_key_is_the_key_whatever_the_script(self, name):
        key = name_key(name)
        assert name_key(unicodedata.normalize("NFD", name)) == key


class TestFold:
    @pytest.mark.parametrize(
        ("typed", "text"),
        [
            ("rücken", "Heute RÜCKEN"),
            ("rucken", "Rücken"),
            ("STRASSE", "Straße"),
            ("day nguc", "Đẩy ngực"),
            ("\u0131s\u0131n", "ISINMA"),
            ("تمرين", "تَمْرِين"),
            ("élan", "E\u0301LAN"),
            ("バイ", "ﾊﾞｲｸ"),
            ("оборона", "ОБОРОНА"),
        ],
    )
    def test_finds(self, typed, text):
        assert fold(typed) in fold(text)

    def test_keeps_letters_of_other_scripts_apart(self):
        assert fold("ハイク") not in fold("バイク")

    @given(st.text(max_size=60))
    def test_folded_once_is_folded(self, text):
        assert fold(fold(text)) == fold(text)


class TestFreeSlug:
    def test_is_the_wanted_one_where_nobody_has_it(self):
        assert free_slug("row", {"rows"}) == "row"

    def test_has_the_first_free_number_from_2(self):
        assert free_slug("row", {"row"}) == "row-2"
        assert free_slug("row", {"row", "row-2", "row-4"}) == "row-3"
