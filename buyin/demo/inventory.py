"""The many small AI systems of the demo agency, one line of facts each. All of it is invented.

They have the shapes of real inventories: most are short, some leave things out, a few are retired.
"""

from dataclasses import dataclass

PRE, PILOT, DEPLOYED, RETIRED = "pre-deployment", "pilot", "deployed", "retired"
ML, GEN, NLP, VISION, AGENT = (
    "Classical ML",
    "Generative AI",
    "NLP",
    "Computer Vision",
    "Agentic AI",
)
ADMIN, SERVICE, ROADS, HEALTH = (
    "Admin Functions",
    "Service Delivery",
    "Transportation",
    "Health and Medical",
)
MONEY, STAFF, IT, SECURITY = "Procurement and Finance Mgmt", "HR", "IT", "Cybersecurity"
BENEFITS, GREEN, SAFETY = "Benefits Processing", "Energy and Environment", "Emergency Mgmt"


@dataclass(frozen=True)
class Small:
    """A system in a line: where it runs, what it is for, what it brings, what comes out."""

    name: str
    stage: str
    unit: str
    topic: str
    kind: str
    problem: str
    benefit: str
    output: str
    vendor: str = ""


def _systems(unit: str, *rows: tuple[str, ...]) -> tuple[Small, ...]:
    return tuple(Small(row[0], row[1], unit, *row[2:]) for row in rows)


# Name, stage, topic, kind, problem, benefit, output and, where it was bought, from whom.
SMALL = (
    *_systems(
        "permits",
        ("Plan reader", PILOT, SERVICE, VISION, "Drawings come as pictures, and 3 in 10 lack a scale.", "A missing scale is noticed within a minute.", "A list of what a drawing lacks.", "Example Plans Ltd"),
        ("Permit letters in six languages", DEPLOYED, SERVICE, NLP, "Letters were sent in English only.", "Residents call back about letters a third less often.", "A translated draft that a person checks.", "Example Words Inc"),
        ("Duplicate applications", DEPLOYED, ADMIN, ML, "About 40 applications a month arrive twice.", "Two of three are found before anybody works on them.", "Pairs that may be the same."),
        ("Inspection routes", PRE, SERVICE, ML, "Inspectors drive 90 minutes a day between sites.", "Twenty minutes less driving for each of them.", "An order of visits for the day."),
        ("Fee check", DEPLOYED, MONEY, ML, "Wrong fees are found at the end of the year.", "Nine of ten wrong fees are found the same week.", "Fees that look wrong, with a reason."),
        ("Answers about opening a shop", RETIRED, SERVICE, GEN, "People asked the same ten questions.", "It answered in seconds, but wrongly in one of twelve cases.", "Text.", "Example Chat Ltd"),
    ),
    *_systems(
        "benefits",
        ("Missing documents", DEPLOYED, BENEFITS, NLP, "Case workers ask for papers by hand.", "Families wait four days less.", "A list of papers that are missing."),
        ("Income statement reader", PILOT, BENEFITS, VISION, "Staff type 600 statements a week.", "A statement takes one minute, not six.", "Amounts and dates for a person to confirm.", "Example Scan Inc"),
        ("Urgent cases first", PRE, BENEFITS, ML, "People who may lose their home wait in line with all others.", "They are to be called within a day.", "A mark on a case, with the words that led to it."),
        ("Appointment times", DEPLOYED, SERVICE, ML, "One in five appointments was missed.", "Now it is one in nine.", "Times that suit, from which people choose."),
        ("Call summaries", PILOT, ADMIN, GEN, "Notes after a call take five minutes.", "Two minutes, checked by who took the call.", "A short text.", "Example Voice Ltd"),
        ("Overpayment forecast", RETIRED, BENEFITS, ML, "Overpayments were noticed late.", "None that could be measured, so it was ended.", "A number from 0 to 1."),
    ),
    *_systems(
        "transport",
        ("Pothole finder", DEPLOYED, ROADS, VISION, "Potholes were known only once somebody called.", "Half of them are mended before a call.", "A map of places to look at.", "Example Roads Ltd"),
        ("Bus arrival times", DEPLOYED, ROADS, ML, "Times on the board were off by six minutes.", "Now by two.", "A time for each stop.", "Example Transit Inc"),
        ("Crossing counter", PILOT, ROADS, VISION, "Nobody knew how many people cross on foot.", "Counts for 12 crossings, without pictures being kept.", "Numbers by hour."),
        ("Winter routes", PRE, ROADS, ML, "Salt was spread where it was not needed.", "A fifth less salt is expected.", "Streets in the order of need."),
        ("Parking demand", DEPLOYED, ROADS, ML, "Drivers circle for eight minutes.", "Three minutes less in the centre.", "Free places that are likely."),
        ("Bicycle count from old film", RETIRED, ROADS, VISION, "Counting by hand was slow.", "A better sensor took its place.", "Numbers by day."),
        ("Sign inventory", PILOT, ROADS, VISION, "The list of 9,000 signs is ten years old.", "A new list in a summer, not in three years.", "Places and kinds of signs.", "Example Roads Ltd"),
    ),
    *_systems(
        "health",
        ("Vaccine stock forecast", DEPLOYED, HEALTH, ML, "Doses ran out in one place and expired in another.", "A third fewer doses expire.", "Doses for each clinic and week."),
        ("Waste water signals", PILOT, HEALTH, ML, "Outbreaks were seen when people came in.", "A rise is seen about five days sooner.", "A curve with a band of doubt."),
        ("Appointment reminders", DEPLOYED, HEALTH, ML, "Patients missed 14 % of appointments.", "Now they miss 9 %.", "The best hour for a message.", "Example Health Inc"),
        ("Restaurant visits", DEPLOYED, HEALTH, ML, "Visits were made by the calendar.", "Serious faults are found a week sooner.", "Places to visit first."),
        ("Leaflets in plain words", PILOT, HEALTH, GEN, "Leaflets were read by few.", "Reading ease rose from 38 to 64.", "A draft that a nurse checks."),
    ),
    *_systems(
        "clinics",
        ("Letters from doctors, sorted", PILOT, HEALTH, NLP, "Letters wait a day to be sorted.", "They reach the right desk within the hour.", "A desk for each letter.", "Example Health Inc"),
        ("Dictation", DEPLOYED, HEALTH, NLP, "Doctors type for an hour each evening.", "Twenty minutes less, by their own account.", "Text that the doctor signs.", "Example Voice Ltd"),
        ("Bed forecast", PRE, HEALTH, ML, "Staffing follows last year's numbers.", "Not known yet.", "Beds that will be needed tomorrow."),
        ("Skin picture check", PRE, HEALTH, VISION, "People wait six weeks for a look at a mole.", "Urgent ones are to be seen in a week.", "A hint for a doctor, who decides.", "Example Health Inc"),
    ),
    *_systems(
        "libraries",
        ("Catalogue keywords", DEPLOYED, ADMIN, NLP, "New books wait three weeks for keywords.", "They wait two days.", "Words that a librarian accepts or not."),
        ("Questions at night", PILOT, SERVICE, GEN, "Nobody answers after eight.", "Half of the questions are answered at once.", "An answer with its source.", "Example Chat Ltd"),
        ("Old newspapers, readable", DEPLOYED, SERVICE, VISION, "Pages of 1890 to 1930 cannot be searched.", "40,000 pages can be searched now.", "Text beside each page."),
        ("Loan forecast", RETIRED, ADMIN, ML, "Popular books were bought late.", "It was no better than the librarians.", "Copies to buy."),
    ),
    *_systems(
        "finance",
        ("Invoices that look odd", DEPLOYED, MONEY, ML, "One in 900 invoices is paid twice.", "Half of those are stopped.", "Invoices to look at, with the reason."),
        ("Spending by topic", DEPLOYED, MONEY, NLP, "Bookings are sorted by hand.", "The yearly report takes a week, not a month.", "A topic for each booking."),
        ("Tender questions", PILOT, MONEY, GEN, "Suppliers wait four days for an answer.", "Drafts are ready the same day.", "A draft for the buyer.", "Example Words Inc"),
        ("Cash forecast", DEPLOYED, MONEY, ML, "Money lay idle.", "Plans are off by 3 %, not by 8 %.", "A balance for each day."),
        ("Receipts for travel", PILOT, MONEY, VISION, "Receipts are typed.", "A claim takes two minutes.", "Amount, day and place.", "Example Scan Inc"),
    ),
    *_systems(
        "digital",
        ("Help desk sorting", DEPLOYED, IT, NLP, "Tickets go to the wrong team.", "One in ten, where it was one in four.", "A team for each ticket.", "Example Desk Ltd"),
        ("Code suggestions", PILOT, IT, GEN, "Small programs take long.", "Programmers report an hour a week.", "Lines of code that a person checks.", "Example Code Inc"),
        ("Login attacks", DEPLOYED, SECURITY, ML, "Attacks were seen the next day.", "They are seen within minutes.", "Alarms with their reason.", "Example Guard Ltd"),
        ("Mail that is no mail", DEPLOYED, SECURITY, ML, "Staff got 30 bad mails a day.", "They get two.", "A verdict for each mail.", "Example Guard Ltd"),
        ("Data finder", PRE, IT, NLP, "Nobody knows which data there are.", "Not known yet.", "A list of tables that fit a question."),
        ("Test data maker", PILOT, IT, GEN, "Tests used real names.", "No real name is in a test any more.", "Made-up records."),
        ("Website search", DEPLOYED, SERVICE, NLP, "Every third search found nothing.", "It is every twelfth now.", "Pages in the order of fit."),
        ("Energy of buildings", DEPLOYED, GREEN, ML, "Heating ran at night in 14 schools.", "The bill fell by 7 % in a year.", "A plan for each boiler.", "Example Energy Ltd"),
        ("Flood warning", PILOT, SAFETY, ML, "Warnings came an hour ahead.", "Two hours ahead in the last storm.", "A level for each street."),
        ("Street trees", PRE, GREEN, VISION, "Dry trees are found too late.", "Not known yet.", "Trees to water first."),
        ("Meeting rooms", RETIRED, ADMIN, ML, "Rooms stood empty.", "People booked by hand anyway.", "Rooms that are likely to be free."),
        ("Task assistant", PRE, IT, AGENT, "Accounts are opened in seven steps.", "To be tried with two teams.", "Steps done, each one logged.", "Example Desk Ltd"),
    ),
    *_systems(
        "hr",
        ("Course suggestions", DEPLOYED, STAFF, ML, "Courses are hard to find.", "Twice as many people find one.", "Three courses that fit."),
        ("Plain job adverts", PILOT, STAFF, GEN, "Adverts are long and scare people off.", "A third more applications for three posts.", "A draft for the team."),
        ("Shift plans", DEPLOYED, STAFF, ML, "Plans took two days a month.", "They take two hours, and wishes are met more often.", "A plan that a person signs.", "Example Shifts Inc"),
        ("Applications in order", RETIRED, STAFF, ML, "Reading 300 applications took a week.", "Ended: it ranked people over 55 lower.", "An order of applications.", "Example Hire Ltd"),
        ("Questions about leave", DEPLOYED, STAFF, NLP, "The office gets 80 calls a week.", "It gets 45.", "An answer with the rule it comes from."),
        ("Exit survey topics", PRE, STAFF, NLP, "Nobody reads 400 comments.", "Not known yet.", "Topics with their number."),
    ),
)  # fmt: skip
