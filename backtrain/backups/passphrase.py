"""The passphrase of a backup, in a file: all see a program's words, and a variable is inherited."""

from pathlib import Path

from backtrain.backups import BackupProblem

SHORTEST = 12


def read_passphrase(path: str) -> str:
    """The file's first line. Raises BackupProblem for one that can't be read, or is too short."""
    try:
        passphrase = Path(path).read_text(encoding="utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeError) as error:
        raise BackupProblem(f"The passphrase in {path} can't be read: {error}.") from error
    if len(passphrase) < SHORTEST:
        raise BackupProblem(f"The passphrase in {path} has fewer than {SHORTEST} characters.")
    return passphrase
