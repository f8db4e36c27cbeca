from exercises.management.reporting import columns, progress_bar


class TestColumns:
    def test_stand_under_each_other(self):
        table = columns([("", "added", "kept"), ("muscle", "51", "0")], first=8, others=7)

        assert table == "          added   kept\nmuscle       51      0"


class TestProgressBar:
    def test_gives_every_item_and_is_silent_in_a_pipe(self, capsys):
        assert list(progress_bar([1, 2, 3])) == [1, 2, 3]

        assert capsys.readouterr() == ("", "")
