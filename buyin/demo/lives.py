"""What happened to the demo agency's initiatives. Days count back from today, or on from it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Life:
    """One initiative: stages (days ago, stage, note, checks not met), milestones, updates.

    A milestone is its title, the day promised first, by how many days it was moved, and how far it
    is: percent, (steps done, steps), or done.
    """

    stages: tuple[tuple[int, str, str, tuple[str, ...]], ...]
    milestones: tuple[tuple[str, int, int, int | tuple[int, int] | str], ...]
    updates: tuple[tuple[int, str, str], ...]


LIVES = (
    Life(
        (
            (705, "idea", "", ()),
            (560, "pre-deployment", "The council asked for shorter waiting times.", ()),
            (
                250,
                "pilot",
                "The record was still being written; the pilot starts with two desks only.",
                ("record",),
            ),
        ),
        (
            ("Ask all case workers what they need", -420, 0, "done"),
            ("Two desks work with it", -240, 21, "done"),
            ("Reasons stand beside each application", -90, 34, "done"),
            ("All desks work with it", -20, 0, (3, 5)),
            ("Decide whether it stays", 70, 0, 10),
        ),
        (
            (690, "We look into sorting applications", "Nothing is bought. First we ask."),
            (
                410,
                "You said: show the reasons",
                "Six of ten want to see why a case was sorted last. That comes first.",
            ),
            (
                245,
                "The pilot begins at two desks",
                "Building permits and the appeals desk try it. Nobody has to.",
            ),
            (
                56,
                "Reasons are shown now",
                "Each application says why it stands where it stands. You asked for it.",
            ),
            (
                3,
                "The third desk starts on Monday",
                "Practice hours on Thursdays count as work. Two desks follow in spring.",
            ),
        ),
    ),
    Life(
        (
            (520, "idea", "", ()),
            (300, "pre-deployment", "", ()),
        ),
        (
            ("Agree with residents' advice on plain words", -180, 0, "done"),
            ("Try it on 200 old letters", -30, 45, 60),
            ("Train the first 40 case workers", 60, 0, (0, 4)),
        ),
        (
            (
                290,
                "What it will and will not do",
                "It drafts. A case worker checks and signs every letter.",
            ),
            (
                5,
                "120 of 200 letters are tried",
                "Case workers changed every third letter. We read why before going on.",
            ),
        ),
    ),
    Life(
        (
            (728, "pre-deployment", "It began before this portal.", ()),
            (600, "pilot", "", ()),
            (
                330,
                "deployed",
                "Crossings near schools stay on fixed times until counted again.",
                ("told-lately",),
            ),
        ),
        (
            ("Ten crossings", -600, 0, "done"),
            ("Forty crossings", -400, 60, "done"),
            ("Count again at schools", -8, 0, 50),
        ),
        (
            (600, "Ten crossings adapt", "Green lasts as long as cars, buses and people need it."),
            (
                325,
                "All forty crossings adapt",
                "Buses are on time more often. Crossings near schools stay as they were.",
            ),
        ),
    ),
    Life(
        ((40, "idea", "", ()),),
        (("Ask readers whether they want it", 45, 0, 0),),
        (
            (
                38,
                "An idea, nothing more",
                "Readers would switch it on themselves. What do you think?",
            ),
        ),
    ),
    Life(
        (
            (400, "idea", "", ()),
            (330, "pre-deployment", "", ()),
            (210, "pilot", "", ()),
            (
                120,
                "pre-deployment",
                "Works councils asked who keeps the recordings. Back to the table.",
                (),
            ),
            (
                75,
                "pilot",
                "Recordings are deleted after a day; that is written down and agreed.",
                (),
            ),
        ),
        (
            ("Agree how long recordings are kept", -150, 66, "done"),
            ("Four departments try it", 20, 0, (2, 4)),
        ),
        (
            (118, "We paused it", "You asked who keeps recordings. Until that is clear, it rests."),
            (
                74,
                "It goes on: recordings live one day",
                "Everybody in the room agrees first, or there is none.",
            ),
        ),
    ),
)
GOALS = (
    (0, ("permits", "digital"), "A complete application is decided within two weeks",
     "Median days from receipt to decision", "14 days", 120, "on-track"),
    (0, ("permits", "hr"), "Nobody works with it who has not practised",
     "Case workers with a finished practice session", "all 240", 45, "at-risk"),
    (4, ("hr", "finance", "digital"), "Minutes are out on the day after",
     "Share of meetings with minutes within a day", "80 %", 30, "agreed"),
)  # fmt: skip
AGREEMENTS = (
    (0, "permits", "digital", "Applications of 2023 to 2025 without names",
     "To test how well it sorts", "Records Act, section 12", 360),
    (1, "benefits", "digital", "Two hundred old letters without names",
     "To try drafts on them", "Social Code, section 67c", 140),
    (4, "hr", "digital", "Names of people who agreed to be recorded",
     "To start a recording only with them", "", 0),
)  # fmt: skip
