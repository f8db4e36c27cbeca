"""Lines of a log that are no training: headings of its parts, totals, rest times, prose."""

import re
from collections.abc import Callable

from .words import REST, WARM_UP

Knows = Callable[[str], bool]


def _phrases(text: str, mark: str | None = ",") -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split(mark))


def _words(text: str) -> frozenset[str]:
    return _phrases(text, None)


_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"[0-9]")
_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_KEY = re.compile(
    r"(?P<key>[^\W\d_][^:=]{0,40}?)\s*(?P<mark>[:=])(?=\s|$|[^\x00-\x7f])\s*(?P<value>.*)"
)
_LINK = re.compile(r"(?:https?://|www\.|[@#](?=[^\W\d_]))\S+|<[^<>]*>$", re.IGNORECASE)
_NONE_DONE = re.compile(
    r"0\s+(?:reps\s+)?(?=[^\W\d_]{2})(?!(?:kg|kgs|lb|lbs|x|s|sec|m|min|reps)\b)", re.IGNORECASE
)
_NO_SET = re.compile(
    r"(?:[+-]?[0-9]+(?:[.,][0-9]+)?\s?(?:kgs?|lbs?)?\s?[x\u00d7*]\s?)?0(?:\s?reps?)?", re.IGNORECASE
)
_SETS_LIKE = re.compile(
    r"[0-9]\s?(?:[x\u00d7*@/]|kgs?\b|lbs?\b|reps?\b|sets?\b)|[x\u00d7@]\s?[0-9]|[0-9]\s*,\s*[0-9]",
    re.IGNORECASE,
)

# What a log says of a session besides its exercises. With a number it is still no exercise.
_KEYS = _phrases(
    "rest, rest time, rests, rested, resting, total, totals, total volume, volume, total "
    "weight, total reps, total sets, tonnage, bodyweight, body weight, bw, weight, weigh in, "
    "weight this morning, morning weight, sleep, slept, mood, energy, stress, soreness, "
    "readiness, feeling, feel, meta, note, notes, comment, comments, remark, remarks, location, "
    "gym, place, where, calories, kcal, protein, steps, hr, heart rate, avg hr, average heart "
    "rate, max hr, pulse, hrv, rpe, session rpe, rating, score, tempo, goal, goals, plan, next, "
    "next time, next session, todo, program, programme, block, phase, week, cycle, weather, "
    "temperature, food, diet, water, caffeine, pre workout, pre-workout, supplements, creatine, "
    "pain, injury, injuries, e1rm, 1rm, est 1rm, estimated 1rm, pr, prs, records, personal "
    "records, best, sets, exercises, working sets, summary, pause, pausen, schlaf, gewicht, "
    "notiz, notizen, bemerkung, bemerkungen, kommentar, körpergewicht, repos, poids, remarque, "
    "remarques, commentaire, descanso, peso, nota, notas, comentario, observaciones, заметка, "
    "заметки, вес, メモ, 備考, 体重"
)
_STARTS = re.compile(
    rf"(?:{REST}|{WARM_UP}|slept|sleep|weigh(?:ed|[- ]in)|bodyweight|body weight|bw|total|tonnage"
    r"|volume|felt|feeling|logged with|tracked with|shared from|created with|exported from"
    r"|next\s(?:time|week|session|workout)|time|tm|1rm|e1rm|training max"
    r"|(?:avg\.?\s|max\.?\s)?hr|heart rate|pulse|puls)"
    r"\b(?!\s*[-x\u00d7*@+])",
    re.IGNORECASE,
)
# Told with a number in kilograms or pounds, which is nothing lifted
_BODY_WEIGHT = re.compile(
    r"(?:body\s?weight|weigh(?:ed|[- ]in)|körpergewicht|peso corporal|poids(?: de corps)?|вес|体重)"
    r"\s*(?:[:=-]\s*)?[0-9]{2,3}(?:[.,][0-9])?(?!\s*,)",
    re.IGNORECASE,
)
_BODY_WEIGHT_SHORT = re.compile(
    r"(?:bw|bodyweight|weight)\s?[:=]?\s?[0-9]{2,3}(?:[.,][0-9])?\s?(?:kgs?|lbs?)?", re.IGNORECASE
)
# Words that a heading of a part of a workout is made of
_PARTS = _words(
    "push pull leg legs upper lower full body fullbody total chest back shoulder shoulders arm "
    "arms biceps triceps core abs cardio conditioning metcon warm warmup warmups warm-up cool "
    "cooldown cool-down down up main lift lifts work workout session training exercise "
    "exercises accessory accessories assistance secondary primary auxiliary isolation compound "
    "compounds finisher finishers superset supersets circuit giant strength hypertrophy power "
    "speed mobility stretch stretching prehab rehab deload test testing day week rest heavy "
    "light medium easy hard volume intensity morning evening afternoon noon night am pm home "
    "gym barbell dumbbell dumbbells machine machines bodyweight weights lifting part block "
    "phase round rounds a b c d other misc extra extras optional bonus pulling pushing "
    "posterior anterior chain glutes quads hamstrings hams calves lats delts neck grip forearms "
    "log logbook diary notebook wod oberkörper unterkörper beine brust rücken schultern arme bauch "
    "aufwärmen ganzkörper zug druck tag"
)
_SECTION_ENDS = " \t:-\u2013\u2014="
_NUMBER_OF_PART = re.compile(
    r"\b(week|day|workout|session|part|block|phase|cycle|round|superset|circuit|tag)"
    r"\s?#?[0-9]{1,3}(?!\w)",
    re.IGNORECASE,
)
# Words that sentences have and names of exercises have not
_PROSE = _words(
    "the was were is are am be been i i'm my me we he she it it's this that these those not no "
    "but too very so felt feel feels feeling had have has did didn't do don't done got get went "
    "go going came still again after before because since today tomorrow yesterday tonight "
    "really bit lot little much better worse good great bad tired sore slow strong weak nothing "
    "everything skipped forgot next time last ok okay nice easy tough hard could should would "
    "will can can't than then when while where what if hurt hurts pain some more less most ich "
    "war und nicht aber sehr heute gut schlecht müde mit"
)


_LONGEST_NAME_WITH_COMMA = 3
# Sets that another line has: same as last week
_REFERS = re.compile(
    r"(?:.*\s)?(?:same|ditto|idem|repeat)(?:\s(?:again|as|weights?|reps|sets|for|that)\b.*)?[.!]?",
    re.IGNORECASE,
)


def is_aside(body: str, knows: Knows) -> bool:
    """Whether the line can only be something that one notes beside the training.

    `knows` tells whether an exercise goes by a name.
    """
    if _REFERS.fullmatch(body):
        return False
    if _LINK.match(body) or not _LETTER.search(body):
        return bool(_LINK.match(body)) or not _DIGIT.search(body)
    if key := _KEY.fullmatch(body):
        if is_key(body):
            return not knows(key["key"].strip())
        if key["value"] and not _DIGIT.search(body):
            return not knows(key["key"].strip()) and not knows(body)
    if _BODY_WEIGHT.match(body) and not knows(_before_digits(body)):
        return not re.search(r"[x\u00d7*@]\s?[0-9]", body)
    if _STARTS.match(body) and not knows(body):
        return not _SETS_LIKE.search(body) and not knows(_before_digits(body))
    if _NONE_DONE.match(body):
        return True
    return not _DIGIT.search(body) and is_prose(body) and not knows(body.rstrip(".!"))


def is_key(body: str) -> bool:
    """Whether the line begins with a word for what is no exercise: "Rest: 2 min"."""
    key = _KEY.fullmatch(body)
    return bool(key) and key["key"].strip().lower() in _KEYS  # type: ignore[index]


def is_body_weight(title: str) -> bool:
    """Whether what stands behind a date is what the athlete weighed: "bw 78.2"."""
    return bool(_BODY_WEIGHT_SHORT.fullmatch(title) or _BODY_WEIGHT.fullmatch(title))


def is_weighing(body: str) -> bool:
    """Whether the line says what the athlete weighed, with a decimal, which no sets have."""
    return bool(_BODY_WEIGHT.fullmatch(body)) and "." in body.replace(",", ".")


def is_no_set(body: str) -> bool:
    """Whether the line says that nothing was done: "0 reps", "140 kg x 0"."""
    return bool(_NO_SET.fullmatch(body))


def is_prose(body: str) -> bool:
    """Whether a line without numbers is a sentence rather than a name."""
    words = _WORDS.findall(body.lower())
    if body.endswith((".", "!", "?", "\u2026", ")", '"', "\u201d")) and (
        len(words) > 1 or body[0] in '("\u201c'
    ):
        return body[0] in '("\u201c' or body[-1] not in ')"\u201d'
    if "," in body and len(words) > _LONGEST_NAME_WITH_COMMA:
        return True
    return any(word.replace("\u2019", "'") in _PROSE for word in words) and len(words) > 1


def is_section(body: str) -> bool:
    """Whether the line is a heading of a part of a workout: "Main lifts", "Push A", "Week 3"."""
    text = _NUMBER_OF_PART.sub(r"\1", body.strip(_SECTION_ENDS))
    words = _WORDS.findall(text.lower())
    rest = _WORDS.sub("", text)
    return (
        bool(words)
        and len(words) <= 6
        and not _DIGIT.search(rest)
        and all(w in _PARTS for w in words)
    )


def looks_like_sets(body: str) -> bool:
    """Whether the line has numbers as sets have them."""
    return bool(_SETS_LIKE.search(body))


def _before_digits(body: str) -> str:
    digit = _DIGIT.search(body)
    return body[: digit.start()].strip(" :-") if digit else body
