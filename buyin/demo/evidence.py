"""The demo agency's decisions, risks and success stories. Every word is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decided:
    """A decision: of which initiative, how many days ago, and what it rests on."""

    initiative: int
    title: str
    days_ago: int
    by: str
    rationale: str
    options: str = ""
    review_in: int | None = None
    inputs: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Feared:
    """A RAID item: of which initiative, what it is, and in how many days something is due."""

    initiative: int
    kind: str
    statement: str
    category: str
    rated: tuple[int, int] | None = None
    response: str = ""
    action: str = ""
    due_in: int | None = None
    status: str = "open"
    valid_for: int | None = None
    proved_by: str = ""
    trigger: str = ""


@dataclass(frozen=True)
class Told:
    """A success story: which benefit's newest number it tells, and how far it is."""

    benefit: int
    title: str
    challenge: str
    done: str
    result: str
    state: str
    quote: str = ""
    quoted: str = ""


NEEDS = "/surveys/needs/"
DECISIONS = (
    Decided(0, "Reasons stand beside each suggestion", 190, "Head of Permits",
            "Case workers do not trust an order that they cannot explain to an applicant.",
            "Reasons beside each suggestion\nReasons on request\nNo reasons", 170,
            (("need", "I need to see why an application was sorted last.", NEEDS),
             ("survey", "Half of those asked doubted that the order is fair.", "/surveys/"))),
    Decided(0, "The agency answers for mistakes of the assistant", 150, "City manager",
            "Nobody uses a tool for whose errors they are blamed.", "", -12,
            (("need", "I need to know who answers for a mistake of the assistant.", NEEDS),)),
    Decided(0, "Start with building permits only", 420, "Steering group",
            "One team learns first and then teaches the others.", "All teams at once\nOne team"),
    Decided(0, "Business licences join", 60, "Steering group",
            "The first team decides sooner, and its questions are answered.", "", 120,
            (("measurement", "Median days to decide fell from 41 to 29.", ""),)),
    Decided(1, "Every letter is signed by a case worker", 210, "Head of Benefits",
            "A letter about somebody's income needs a person behind it.", "", 30,
            (("concern", "Who reads the letter before it goes out?", ""),)),
    Decided(2, "Three crossings keep a longer green for people on foot", 45, "Head of Transport",
            "The limit that was agreed for people on foot is exceeded there.", "", 20,
            (("risk", "People on foot wait longer", ""),)),
    Decided(3, "Only readers who switch it on get suggestions", 90, "Library board",
            "What somebody reads is nobody else's business.", "On for all\nOff for all\nBy choice"),
    Decided(4, "No recording unless everybody in the room agrees", 300, "City manager",
            "A meeting in which one person is recorded unasked is no open meeting."),
)  # fmt: skip
RISKS = (
    Feared(0, "risk", "Because old scans cannot be read, complete applications are sorted last.",
           "quality", (4, 4), "mitigate", "Scan the oldest files again", -6, "in-work",
           trigger="More than 5 complaints in a month"),
    Feared(0, "risk", "Because two experts leave, nobody can explain the order.", "people", (2, 5),
           "mitigate", "Write down how the order comes about", 25),
    Feared(0, "risk", "Because the supplier raises its price, the budget does not reach.", "money",
           (3, 3), "transfer", "Agree a ceiling in the next contract", 60),
    Feared(0, "risk", "Because it is new, single cases take longer in the first month.", "time",
           (5, 1), "accept", status="closed"),
    Feared(0, "assumption", "Applications stay about as many as last year.", "time", valid_for=-15),
    Feared(0, "assumption", "Case workers have an hour a week to practise.", "people", valid_for=90,
           proved_by="Rosters of September"),
    Feared(0, "issue", "The assistant is down on Monday mornings.", "supplier",
           action="Supplier moves its maintenance to Sundays", due_in=5, status="in-work"),
    Feared(0, "dependency", "The new case system brings the fields that the order needs.", "time",
           action="Ask for the date again", due_in=14),
    Feared(1, "risk", "Because a reason is left out, somebody loses money.", "fairness", (2, 5),
           "avoid", "No drafts for letters that end a benefit", 10),
    Feared(2, "risk", "Because sensors fail in rain, phases are wrong.", "quality", (3, 4),
           "mitigate", "Fixed phases when a sensor is silent", -3),
    Feared(3, "risk", "Because loans are stored, reading habits leak.", "privacy", (2, 4), "avoid",
           "Store nothing beyond the loan", 40),
    Feared(4, "risk", "Because of many voices, things are put into the wrong mouth.", "quality",
           (3, 3), "mitigate", "Names are checked before minutes go out", 12),
)  # fmt: skip
STORIES = (
    Told(0, "Half of all applicants have an answer in a month",
         "Half of all applicants waited more than 41 days, and the phone did not stop.",
         "Building permits and the data team sorted complete applications first. Case workers "
         "tried it for six weeks, and asked for the reasons beside each suggestion.",
         "Half of all applicants now have their answer within the days below.", "published",
         "I can tell people on the phone when they will hear from us.",
         "A case worker, Building permits"),
    Told(9, "Minutes are written before the coffee is cold",
         "Minutes took an hour and a half and came a week later.",
         "Human resources tried drafts in twelve meetings in which everybody agreed to a recording.",
         "Writing them takes the minutes below.", "cleared"),
    Told(5, "Buses come on time at 40 crossings",
         "Cars and buses waited a minute at a crossing in the rush hour.",
         "Transport and the signals team let phases follow what sensors count.",
         "They now wait the seconds below.", "draft"),
)  # fmt: skip
