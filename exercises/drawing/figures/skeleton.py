"""From a pose to where every joint is. Centimetres, for a figure of 180 cm and 7.5 heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import cos, radians, sin
from typing import Any

from exercises.drawing.figures.space import Frame, Joint, Vec, between, direction, middle

UPPER_ARM = 31.0
FOREARM = 26.0
FIST = 7.0  # from the wrist to the middle of what the hand holds
THIGH = 43.5
SHIN = 42.0
ANKLE = 8.0  # above the sole
BALL = 12.0  # of the foot, in front of the ankle
HIP_WIDTH = 9.0  # from the middle to a hip joint
SHOULDER_WIDTH = 18.5
SPINE = 57.0  # from the hip joints to the base of the neck
SHOULDER_AT = 50.5  # along the spine
SIDES = {"right": 1, "left": -1}

Settings = Mapping[str, Any]

# A limb is either put somewhere or turned by angles, so the one said last drops the other.
EXCLUSIVE = (({"at", "foot"}, {"upper", "fore", "thigh", "shin"}), ({"hips"}, {"stand"}))


@dataclass(frozen=True, slots=True)
class Arm:
    shoulder: Vec
    elbow: Vec
    wrist: Vec
    grip: Vec  # the middle of what a fist holds; the palm of a flat hand
    points: Vec  # the direction of the knuckles
    flexor: Vec  # the side of the elbow that closes
    hand: str  # fist, flat or open
    side: int
    short_by: float = 0.0
    pronation: float = 0.0  # degrees by which the forearm's muscles turn, palm down


@dataclass(frozen=True, slots=True)
class Leg:
    hip: Vec
    knee: Vec
    ankle: Vec
    toes: Vec  # the direction of the toes
    sole: Vec  # the direction from the ankle to the sole
    front: Vec  # the side of the knee that opens
    side: int
    toe_bend: float = 0.0  # the heel's lift over toes that lie flat
    short_by: float = 0.0

    @property
    def ball(self) -> Vec:
        return self.ankle + self.toes * BALL + self.sole * (ANKLE - 2.6)


@dataclass(frozen=True, slots=True)
class Skeleton:
    spine: tuple[Frame, ...]  # from the hip joints to the base of the neck, evenly
    neck: Frame
    head: Frame
    arms: dict[str, Arm]
    legs: dict[str, Leg]
    pose: Settings = field(default_factory=dict, compare=False)
    _found: dict[float, Frame] = field(default_factory=dict, init=False, compare=False)

    @property
    def pelvis(self) -> Frame:
        return self.spine[0]

    def along(self, at: float) -> Frame:
        """The frame of the spine ``at`` centimetres above the hip joints."""
        if at not in self._found:
            self._found[at] = self._along(at)
        return self._found[at]

    def _along(self, at: float) -> Frame:
        place = at / SPINE * (len(self.spine) - 1)
        low = max(0, min(int(place), len(self.spine) - 2))
        a, b = self.spine[low], self.spine[low + 1]
        share = place - low
        if not 0 <= place <= len(self.spine) - 1:
            return a.moved(a.at + (b.at - a.at) * share)
        front = between(a.front, b.front, share)
        up = between(a.up, b.up, share).unit()
        return Frame(between(a.at, b.at, share), up, front.across(up))

    def anchors(self) -> dict[str, Vec]:
        """Named places that equipment can hang on or lie against."""
        places = self.trunk_places()
        for name, sides in (("right", ("right",)), ("left", ("left",)), ("", ("right", "left"))):
            arms = [self.arms[side] for side in sides]
            legs = [self.legs[side] for side in sides]
            one, many = (f"{name}_", "") if name else ("", "s")
            places |= {
                f"{one}hand{many}": middle(*(arm.grip for arm in arms)),
                f"{one}shoulder{many}": middle(*(arm.shoulder for arm in arms)),
                f"{one}elbow{many}": middle(*(arm.elbow for arm in arms)),
                f"{one}wrist{many}": middle(*(arm.wrist for arm in arms)),
                f"{one}knee{many}": middle(*(leg.knee for leg in legs)),
                f"{one}ankle{many}": middle(*(leg.ankle for leg in legs)),
                f"{one}sole{many}": middle(*(leg.ankle + leg.sole * ANKLE for leg in legs)),
                f"{one}ball{many}": middle(*(leg.ball for leg in legs)),
            }
        return places

    def trunk_places(self) -> dict[str, Vec]:
        """The named places of trunk and head."""
        chest, hips = self.along(38), self.pelvis
        return {
            "traps": self.along(51).point(-9.5, 0.5),
            "collarbones": self.along(49).point(10.5, 2),
            "chest": chest.point(12.5, 0),
            "back": chest.point(-12, 0),
            "hips": hips.at,
            "lap": hips.point(12, 6),
            "belt": self.along(10).point(9, 0),
            "head": self.head.at,
            "forehead": self.head.point(9.5, 7),
            "brow": self.head.point(9.2, 13),
            "temple": self.head.point(-0.6, 13, 8),
            "crown": self.head.point(-0.6, 21.5, 1.5),
            "occiput": self.head.point(-10.5, 11, 2),
        }


def solve(pose: Settings) -> Skeleton:
    """Where every joint is; the words of a pose are explained in docs/editing-the-catalogue.md."""
    legs_set = {side: _limb(pose, "legs", side) for side in SIDES}
    spine = _spine(pose, _hips(pose, legs_set["right"]))
    neck, head = _head(pose, spine[-1])
    bare = Skeleton(spine, neck, head, {}, {})
    return Skeleton(
        spine,
        neck,
        head,
        {side: _arm(bare, _limb(pose, "arms", side), pose, side) for side in SIDES},
        {side: _leg(spine[0], legs_set[side], side) for side in SIDES},
        pose,
    )


def _limb(pose: Settings, limbs: str, side: str) -> dict[str, Any]:
    """What is said of both limbs, and what is said of this one only."""
    return merged(pose.get(limbs, {}), pose.get(f"{side}_{limbs[:-1]}", {}))


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``over`` laid on ``base``, mappings within mappings too; null takes away."""
    result = dict(base)
    for one, other in EXCLUSIVE:
        for said, dropped in ((one, other), (other, one)):
            if said & over.keys():
                result = {key: value for key, value in result.items() if key not in dropped}
    for key, value in over.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(result.get(key), Mapping):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result


def vector(value: Any) -> Vec:
    return Vec(*(float(number) for number in value))


def _hips(pose: Settings, leg: Settings) -> Vec:
    """Between the hip joints: as told, or where standing legs with these angles carry them."""
    if "hips" in pose:
        return vector(pose["hips"])
    shin, thigh = pose.get("stand", [0, 0])
    foot = leg.get("foot", [0, 10])
    wide = abs(foot[-1]) - HIP_WIDTH
    share = (1 - (wide / (THIGH + SHIN)) ** 2) ** 0.5 * 0.9985
    ankle = _ankle(leg, 1)
    return Vec(
        ankle.x + share * (SHIN * sin(radians(shin)) - THIGH * sin(radians(thigh))),
        ankle.y + share * (SHIN * cos(radians(shin)) + THIGH * cos(radians(thigh))),
    )


def _spine(pose: Settings, hips: Vec, joints: int = 12) -> tuple[Frame, ...]:
    """A curve of even steps; ``lean`` is of the whole trunk, ``bend`` from pelvis to chest."""
    lean, bend = pose.get("lean", 0), pose.get("bend", 0)
    start = radians(lean - bend / 2)
    frame = Frame(hips, Vec(sin(start), cos(start)), Vec(cos(start), -sin(start)))
    frame = frame.turned(twist=pose.get("roll", 0))
    frame = frame.turned(side=pose.get("tilt", 0))
    frames = [frame]
    step = SPINE / joints
    for _ in range(joints):
        turned = frame.turned(
            flex=bend / joints,
            side=pose.get("side", 0) / joints,
            twist=pose.get("twist", 0) / joints,
        )
        frame = turned.moved(frame.at + (frame.up + turned.up).unit() * step)
        frames.append(frame)
    return tuple(frames)


def _head(pose: Settings, top: Frame) -> tuple[Frame, Frame]:
    """The neck leans a little forward; ``nod`` is shared by neck and head."""
    nod = pose.get("nod", 0)
    neck = top.turned(flex=10 + nod * 0.5)
    head = neck.moved(neck.at + neck.up * 8.0)
    return neck, head.turned(flex=-10 + nod * 0.5, twist=pose.get("look", 0))


def _arm(body: Skeleton, said: Settings, pose: Settings, name: str) -> Arm:
    side = SIDES[name]
    said = {**said, "at": _spot(body, said["at"], said, side)} if "at" in said else said
    chest = body.along(SHOULDER_AT)
    up, forward = said.get("shoulder", pose.get("shoulders", [0, 0]))
    rest = chest.point(-1.0 + forward, up, side * SHOULDER_WIDTH)
    raised = _aim(said, rest, side).dot(chest.up)
    lift = max(0.0, raised + 0.15) * said.get("lift", 5.5)
    shoulder = rest + chest.up * lift - chest.right * (side * lift * 0.45)
    hand = said.get("hand", "fist")
    if "at" in said:
        arm = _reaching(shoulder, said, chest, side, hand)
    else:
        arm = _hanging(shoulder, said, side, hand)
    return replace(arm, pronation=said.get("pronation", 0.0))


def _spot(body: Skeleton, at: Any, said: Settings, side: int) -> Any:
    """A hand's place: a point, or a step from a place on the trunk: [traps, front, up, out]."""
    if not isinstance(at, str) and not isinstance(at[0], str):
        return at
    name, steps = (at, ()) if isinstance(at, str) else (at[0], at[1:])
    front, up, out = (*steps, 0, 0, 0)[:3] if len(steps) < 3 else steps
    chest = body.along(38)
    out = out or said.get("wide", 20)
    goal = chest.moved(body.trunk_places()[name]).point(front, up, out * side)
    return [goal.x, goal.y, goal.z]


def _aim(said: Settings, shoulder: Vec, side: int) -> Vec:
    if "at" in said:
        return (_goal(said, side) - shoulder).unit()
    return _pointing(said, "upper", side)


def _goal(said: Settings, side: int) -> Vec:
    at = said["at"]
    return vector(at) if len(at) == 3 else Vec(at[0], at[1], side * said.get("wide", 20))


def _pointing(said: Settings, bone: str, side: int) -> Vec:
    """A bone's direction, from an angle and how far out, or as three numbers for the right side."""
    value = said.get(bone, 0)
    if isinstance(value, list | tuple):
        if len(value) == 3:
            x, y, z = value
            return Vec(x, y, z * side).unit()
        return direction(value[0], value[1], side)
    return direction(value, said.get("out", 0), side)


def _reaching(shoulder: Vec, said: Settings, chest: Frame, side: int, hand: str) -> Arm:
    goal = _goal(said, side)
    pole = said.get("elbow")
    if pole is None:
        bend = -chest.front - chest.up * 0.6 + chest.right * (0.35 * side)
    else:
        bend = Vec(pole[0], pole[1], (pole[2] if len(pole) > 2 else 0.25) * side)
    lower = FOREARM if hand == "flat" else FOREARM + FIST
    solved = Joint.solve(shoulder, goal, (UPPER_ARM, lower), bend)
    aim = (solved.end - solved.middle).unit()
    wrist = solved.middle + aim * FOREARM
    flexor = -bend.across((solved.end - shoulder).unit())
    points = vector(said["points"]).unit() if "points" in said else aim
    if hand == "flat" and "points" not in said:
        points = Vec(1, 0, 0).across(Vec(0, 1, 0))
    grip = wrist if hand == "flat" else solved.end
    return Arm(shoulder, solved.middle, wrist, grip, points, flexor, hand, side, solved.short_by)


def _hanging(shoulder: Vec, said: Settings, side: int, hand: str) -> Arm:
    upper, fore = (
        _pointing(said, "upper", side),
        _pointing({"fore": said.get("upper", 0), **said}, "fore", side),
    )
    elbow = shoulder + upper * UPPER_ARM
    wrist = elbow + fore * FOREARM
    points = vector(said["points"]).unit() if "points" in said else fore
    bent = fore - upper
    flexor = bent.unit() if bent.length > 0.15 else direction(said.get("flexor", 90))
    return Arm(shoulder, elbow, wrist, wrist + points * FIST, points, flexor, hand, side)


def _leg(pelvis: Frame, said: Settings, name: str) -> Leg:
    side = SIDES[name]
    hip = pelvis.point(0, 0, side * HIP_WIDTH)
    if "foot" in said or "at" in said:
        return _standing(hip, pelvis, said, side)
    thigh, shin = (
        _pointing(said, "thigh", side),
        _pointing({"shin": said.get("thigh", 0), **said}, "shin", side),
    )
    knee = hip + thigh * THIGH
    ankle = knee + shin * SHIN
    bent = thigh - shin
    front = bent.unit() if bent.length > 0.15 else pelvis.right.cross(thigh).unit()
    toes, sole = _free_foot(shin, front, said)
    return Leg(hip, knee, ankle, toes, sole, front, side)


def _free_foot(shin: Vec, front: Vec, said: Settings) -> tuple[Vec, Vec]:
    """Where toes and sole of a foot in the air point: ``point`` stretches the ankle."""
    toes = front.across(shin)
    toes = toes.turned(toes.cross(shin), said.get("point", 15))
    return toes, shin.across(toes)


def _ankle(said: Settings, side: int) -> Vec:
    """The ankle of a foot on the ground, its heel raised by so many degrees over the ball."""
    foot = said.get("foot", [0, 10])
    x, y, z = foot if len(foot) == 3 else (foot[0], 0.0, foot[1])
    toes, sole = _foot_frame(said, side)
    if "heel" in said:
        ball = Vec(x, y + 2.6, z * side) + direction(90, said.get("turn", 0), side) * BALL
        return ball - toes * BALL - sole * (ANKLE - 2.6)
    return Vec(x, y, z * side) - sole * ANKLE


def _foot_frame(said: Settings, side: int) -> tuple[Vec, Vec]:
    """Where the toes and the sole of a standing foot point."""
    pitch = -said.get("heel", 0) + said.get("slope", 0)
    turn = radians(said.get("turn", 0))
    a = radians(pitch)
    way = -1 if said.get("backwards") else 1
    flat = Vec(way * cos(turn), 0, side * sin(turn))
    toes = flat * cos(a) + Vec(0, 1) * sin(a)
    return toes, flat * sin(a) - Vec(0, 1) * cos(a)


def _standing(hip: Vec, pelvis: Frame, said: Settings, side: int) -> Leg:
    ankle = _goal({"wide": HIP_WIDTH, **said}, side) if "at" in said else _ankle(said, side)
    toes, sole = _foot_frame(said, side)
    pole = said.get("knee")
    if pole is None:
        bend = toes + pelvis.front * 0.5 + Vec(0, 0, 0.1 * side)
    else:
        bend = Vec(pole[0], pole[1], (pole[2] if len(pole) > 2 else 0.1) * side)
    solved = Joint.solve(hip, ankle, (THIGH, SHIN), bend)
    front = bend.across((solved.end - hip).unit())
    if "at" in said:
        toes, sole = _free_foot((solved.end - solved.middle).unit(), front, said)
    return Leg(
        hip,
        solved.middle,
        solved.end,
        toes,
        sole,
        front,
        side,
        said.get("heel", 0),
        solved.short_by,
    )
