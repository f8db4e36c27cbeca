"""Spellings that several steps need: of warm-ups, rests and the like, and of Asian keyboards."""

# For patterns that ignore case
WARM_UP = r"(?:warm[- ]?ups?|w/?u|aufwärmen|échauffement|calentamiento|разминка|アップ)"
BODYWEIGHT = r"(?:bw|body[- ]?weight|自重|pdc)"
# tempo 3-1-1, tempo 3010, tempo 32X1
TEMPO = (
    r"tempo(?:\s*:)?\s*(?:[0-9x](?:[-/][0-9x]){2,3}|[0-9]{3,4}"
    r"|[1-6][0-4](?-i:X)[0-3](?!\s*,|\s+[0-9]+X))(?![\w,])"
)
# What programmes say of an exercise on the day, which is no other exercise: "BBB squat"
SUPPLEMENTAL = r"(?:bb[bs]|fsl|ssl|widowmaker)"
ON_THE_DAY = (
    rf"(?:{SUPPLEMENTAL}|jokers?|top sets?|myo(?:[- ]?reps?)?|cluster|rest[- ]pause|deload"
    r"|comp(?:etition)?|max|emom"
    r"|heavy|light|easy|volume|back[- ]?offs?(?: sets?)?|down ?sets?|between sets"
    r"|(?:work(?:ing)?|main) sets?)"
)
# What a programme reckons with: TM 130
TRAINING_MAX = (
    r"(?:tm|training\smax)\s*[:=]?\s*[0-9]{2,3}(?:[.,][0-9]{1,2})?(?:\s?(?:kgs?|lbs?))?(?!\w)"
)
REST = r"(?:rest(?:ed|ing|s)?|pausen?|repos|descanso|отдых)"
# What says when a workout began, when it ended and how long it took
STARTED = (
    r"(?:start(?:ed)?(?:\stime)?(?:\sat)?|begin|began|from|time|beginn|d\u00e9but|inicio"
    r"|начало|開始)"
)
ENDED = r"(?:end(?:ed)?(?:\stime)?(?:\sat)?|finish(?:ed)?(?:\sat)?|until|ende|fin|final|конец|終了)"
LASTED = (
    r"(?:duration|length|total\stime|time|workout\stime|session\s(?:time|length)|took|elapsed"
    r"|dauer|dur\u00e9e|duraci\u00f3n|длительность|時間)"
)

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# A comma of theirs is never a decimal one.
_HALF_WIDTH |= dict.fromkeys(map(ord, "\u3001\uff0c"), ord(";")) | {0x3000: ord(" ")}


def half_width(text: str) -> str:
    """The text with the digits, letters and signs of East Asian keyboards as those of ASCII.

    Every position stays.
    """
    return text if text.isascii() else text.translate(_HALF_WIDTH)
