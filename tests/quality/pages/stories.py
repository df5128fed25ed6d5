"""Stories written for the labelled set; names, places and events are made up."""

from datetime import UTC, datetime, timedelta, timezone

from tests.quality.pages.made import Made

_EAST = timezone(timedelta(hours=-4))
_SUMMER = timezone(timedelta(hours=1))

TRAM = Made(
    "Depot plan splits Orley council", "Orley Star", "www.orleystar.example", datetime(2024, 5, 14, 8, 30, tzinfo=_SUMMER),
    "Nell Farrow", "News",
    "Councillors put off a vote on the old tram depot after more than two hundred people came to the meeting.",
    (
        "The council of Orley met on Tuesday night to decide the future of the old tram depot, which has stood empty since 2009.",
        "“We have listened to the people of Orley,” said council leader Fay Lund. “The depot belongs to them, and it will stay theirs.”",
        "The developer, Harl Homes, said that it was “disappointed” and would look again at its figures before the autumn.",
        "The plan would see the depot turned into flats, with a small museum on the ground floor and a car park behind.",
        "“Rubbish,” said Ed Vane, who leads the opposition. “They have listened to nobody for three years.”",
        "Officers had recommended that the plan be approved, but the planning panel was divided when it first saw it in the spring.",
        "A second vote will be held in the autumn, when the council will also be asked for money for the roof and the clock tower.",
    ),
)  # fmt: skip
RIVER = Made(
    "Two towns cut off as the Ansel rises for a third day", "The Ansel Valley Courier", "anselcourier.example",
    datetime(2019, 11, 3, 21, 15, tzinfo=_EAST), "Tomas Bright", "Local",
    "Roads into Marsh End and Lower Quay are under water, and the county asks people to stay at home.",
    (
        "MARSH END — The river Ansel rose by another foot on Sunday and cut off two towns from the road for the first time in forty years.",
        "“Nobody should be driving tonight,” Sheriff Dana Pruitt told reporters at the county office. “If you can see water on the road, turn round.”",
        "About 300 homes have no power, according to the county, and the school in Lower Quay has been opened as a shelter.",
        "Grace Oyelaran, 71, spent the night there with her two cats. “They have been very kind to us,” she said. “I only hope the roof holds.”",
        "The National Guard will bring water and blankets on Monday morning, the governor’s office said in a statement.",
        "Forecasters expect the river to crest late on Monday at 22 feet, two feet below the record of 1979.",
        "“We have been through worse than this,” Pruitt said, “but not by much.”",
    ),
)  # fmt: skip
MERGER = Made(
    "Corvane agrees to buy rival Teldec for $3.4 billion", "Market Ledger", "marketledger.example",
    datetime(2021, 2, 9, 6, 5, tzinfo=UTC), "Priya Raman, Joel Stern", "Business",
    "The deal would make the combined company the largest maker of hearing aids in North America.",
    (
        "Corvane Inc said on Tuesday that it would buy its smaller rival Teldec for $3.4 billion in cash and shares.",
        "“This brings together two teams that have admired each other for years,” Chief Executive Lena Voss said on a call with analysts.",
        "Shares of Teldec rose 28% before the bell. Those of Corvane fell 3%.",
        "Some analysts doubted that regulators would let the deal pass. “They would have six in ten of all devices sold,” said Omar Haddad of Brook & Lyle.",
        "Voss said that she expected the deal to close by the end of the year and to save $120 million annually.",
        "The companies employ 9,100 people between them. A spokesman for Teldec said that no decision had been made about its plant in Ohio.",
    ),
)  # fmt: skip
SENATE = Made(
    "Senate panel advances water bill after late deal", "Capitol Wire", "www.capitolwire.example",
    datetime(2018, 6, 21, 17, 40, tzinfo=_EAST), "Rachel Osei", "Politics",
    "The bill would give states ten years to replace lead pipes.",
    (
        "A Senate committee voted 12-9 on Thursday to advance a bill that would give states ten years to replace lead pipes.",
        "Sen. Maria Kessel (D-Mont.), its author, called the vote “a long time coming.”",
        "“No parent should have to ask whether the water is safe,” Kessel said. “We can argue about who pays, but not about that.”",
        "Republicans had objected to the cost, which the budget office puts at $41 billion over the decade.",
        "“I want clean water as much as anybody,” said Sen. Hugh Dolan (R-Neb.). “I also want somebody to tell me where the money is.”",
        "The deal that won over three Republicans lets small towns borrow at no interest, Dolan’s office said.",
        "The full Senate is expected to take up the bill in July. The White House has not said whether the president would sign it.",
    ),
)  # fmt: skip
MATCH = Made(
    "Late header sends Rovers through to the final", "Touchline", "touchline.example",
    datetime(2023, 4, 22, 22, 10, tzinfo=_SUMMER), "Ciaran Doyle", "Football",
    "A goal in the 93rd minute ends a run of eleven years without a final.",
    (
        "Castle Rovers will play in a cup final for the first time in eleven years after Bram Odoi headed in from a corner in the 93rd minute.",
        "“I closed my eyes,” Odoi said. “When I opened them, everybody was on top of me.”",
        "United had been the better side for an hour and hit the post twice before half-time.",
        "Their manager, Sol Ferrante, complained about the free kick that led to the corner. “It was never a foul,” he said. “Never.”",
        "The referee showed six yellow cards, four of them in the last ten minutes.",
        "Rovers meet either City or Athletic at the National Stadium on 20 May. “We do not mind whom,” said captain Ana-Maria Petrov’s brother Ivan, who runs the supporters’ club.",
    ),
)  # fmt: skip
COURT = Made(
    "Judge frees man held for 19 years in Dunmore killing", "The Dunmore Herald", "dunmoreherald.example",
    datetime(2016, 9, 30, 15, 0, tzinfo=_EAST), "Staffan Wills", "Crime",
    "New tests of a glove found at the scene pointed to somebody else.",
    (
        "A judge on Friday freed a man who had spent 19 years in prison for a killing that, she said, “the evidence no longer shows he committed.”",
        "Leroy Banks, 44, hugged his mother outside the courthouse and said that he wanted a plate of ribs.",
        "“I am not angry,” Banks said. “I was angry for ten years. It did not open any doors.”",
        "District Attorney Paul Crewe did not oppose his release after new tests of a glove found at the scene pointed to another man.",
        "Banks’s lawyer, Ines Marek, said that the state had known of the glove since 2004. Crewe’s office declined to comment on that.",
        "The victim’s sister told the court that she was glad. “I never wanted the wrong man to sit there for my brother,” she said.",
        "The state pays up to $50,000 for each year of wrongful imprisonment.",
    ),
)  # fmt: skip
STUDY = Made(
    "Bees remember a bad flower for a week, study finds", "Field Science", "fieldscience.example",
    datetime(2022, 8, 17, 11, 0, tzinfo=UTC), "Hanne Solberg", "Biology",
    "Bumblebees that met a bitter flower once avoided its colour for seven days.",
    (
        "Bumblebees that met a bitter flower once avoided flowers of its colour for seven days, a team at the University of Aldmouth reports.",
        "“We expected hours,” said lead author Mika Tanaka. “A week is a fifth of such an animal’s life.”",
        "The team trained 240 bees on paper flowers of two colours, one of which held water with a little quinine.",
        "Bees of older colonies forgot sooner, the study found, perhaps because they had met more flowers.",
        "“It is careful work,” said Rolf Engel of the Institute for Insect Research, who took no part in it. “I would like to see it done outdoors.”",
        "The results may help farmers who plant strips of flowers beside their fields, the authors write.",
    ),
)  # fmt: skip
SCHOOL = Made(
    "Teachers vote to strike over class sizes in Port Meren", "Meren Times", "merentimes.example",
    datetime(2012, 1, 27, 9, 45, tzinfo=_EAST), "Louisa Grant", "Education",
    "The first strike in the district since 1991 would begin on Wednesday.",
    (
        "Teachers in Port Meren voted on Thursday night to strike from Wednesday unless the district agrees to smaller classes.",
        "“My smallest class has 38 children in it,” said Abel Cruz, who teaches fourth grade. “I know all their names, and that is about all I know.”",
        "Superintendent June Whitlock said that the district had offered what it could. “There is no more money,” she said.",
        "The union says that 61 classrooms have more than 35 children. The district counts 44.",
        "Parents were divided. “I am with the teachers,” said Rosa Delgado, who has two sons at Harbor Elementary, “but I work, and so does their father.”",
        "A mediator will meet both sides on Monday, the state said.",
        "The last strike in the district lasted nine days in 1991.",
    ),
)  # fmt: skip
STORIES = (TRAM, RIVER, MERGER, SENATE, MATCH, COURT, STUDY, SCHOOL)
