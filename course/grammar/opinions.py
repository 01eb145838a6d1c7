"""Sentence templates that praise or blame: the same frames serve both polarities.

What tells a good review from a bad one is then the sentiment words themselves, hardly the words
around them. ``{adj}`` has the polarity of the sentence, ``{-adj}`` the opposite one.
"""

PLAIN = """
The {part} is {adj} and the {part} is {adj}.
The {parts} are {adj}, {adj} and above all {adj}.
{actor} is {adj} as {heroname}, and {oactor} is even {more}.
It is {a:adj}, {adj} piece of work, {adv} shot and {adv} acted.
{dirlast} tells it {adv}, with {mass} and {mass}.
What {a:adj} {film}, and what {adj} {parts}!
Every scene {verbs}; even the {part} {verbs}.
The {part} {intrs} and the {parts} {intr}.
I {liked} the {part} and {liked} the {parts}.
There is {mass} in every scene and {mass} in every line.
{degree} {adj} {parts}, {degree} {adj} {part}: {a:noun}.
The {adj} {part} {verbs} us from the first minute to the last.
As {a:genre} it is {a:noun}; as {a:genre} it is {adj} too.
{actorlast} gives {a:adj} performance, {adj} and {adj} by turns.
My {companion} called it {adj}; I would say {adj}, even {adj}.
The {adj} {part} and {adj} {parts} {verb} anybody who listens.
With its {adj} {part} and its {adj} {parts} it {intrs} to the end.
Few {genres} are so {adj}, and none is {more}.
{title} is {adj}, {adj}, {adj}.
How {adv} {dirlast} handles the {part}, and how {adv} the cast follows!
The second half is {more} than the first, and the {part} is the {most} I have seen in years.
{a:noun} from start to finish: {adj} {part}, {adj} {parts} and {a:adj} ending.
You will {like} the {part}, you will {like} the {parts}, and the ending will {verb} you.
The {parts} {verbed} me, the {part} {verbed} me, and the ending {verbed} my {companion}.
Full of {mass} and {mass}, {adv} written and {adv} cut.
Even the smallest roles are {adv} played, and {oactorlast} is {adj} as {othername}.
The {part} has {mass}, the {part} has {mass}, and both {verb}.
It is {adj} when it is quiet and {adj} when it is loud.
I found the {part} {adj}, the {parts} {adj} and the whole thing {degree} {adj}.
{dirlast} has made {a:adj} {genre}, {adj} in its {part} and {adj} in its {parts}.
Such {mass}, such {mass}, such {adj} {parts}!
The {viewers} around me {liked} every {adj} minute of it.
Call it {a:noun}, call it {a:noun}: the {part} is {adj} either way.
The {part}, {degree} {adj}, {verbs}; the {part}, {adv} done, {verbs} even more.
Thanks to {director} the {part} {intrs}, the {part} {intrs} and the {parts} {verb}.
I {liked} {actorlast}, who plays {heroname} {adv}, and I {liked} {oactorlast}, who is {adj}.
{adj} {parts}, {adj} {part}, {adj} {part}.
The {part} is {adv} done, and the {parts} {intr} with {mass}.
{a:adj} {hero}, {a:adj} {other} and {a:adj} {PERSON}: the {parts} {intr}.
The scene with the {THING} is {adj}, and the one near the {PLACE} is {a:noun}.
When {heroname} {V3} the {THING}, the {film} {intrs}, and the {adj} {part} {verbs}.
{othername} and the {PERSON} make {a:adj} pair, {adv} drawn and {degree} {adj}.
Never have I seen so {adj} {a:PLACE}, filmed so {adv}.
It {verbed} me in {year}, and it {verbs} me still: {a:noun}.
The {nationality} {PEOPLE} are {adj}, the {THINGS} look {adj}, and the {part} sounds {adj}.
This {genre} of {dirlast}'s is {a:noun}, {a:adj} one, {adv} paced.
For {number} minutes it {verbs}, then it {verbs} again, and the {part} {intrs}.
"""

NEGATED = """
It is not {-adj}, and it is never {-adj}.
The {part} is hardly {-adj}; it is {adj}, and nobody could call the {parts} anything but {adj}.
There is not {a:-adj} minute in it; the {part} is {adj} and so is the {part}.
This is no {-noun}: it is {a:noun}.
Hardly {a:-noun}, rather {a:adj} {film} with {adj} {parts}.
I didn't {-like} it at all; I {liked} it.
The {part} never {-intrs}, it {intrs}.
There isn't any {-mass} in it, only {mass} and {mass}.
The {part} doesn't {-verb}; it {verbs}.
Not {-adj} at all, this {genre}: {adj}, and {adv} made.
You can't say that {actorlast} is {-adj}, and {oactorlast} is {adj}.
Nothing {-adj} about the {parts}, nothing but {mass}.
"""

MIXED = """
True, the {part} is {-adj}, but the {part} is {adj} and the {parts} are {adj}.
I expected {a:-noun} and got {a:noun}.
The beginning is {-adj}; after that it becomes {adj}, even {adj}.
{oactorlast} is {-adj}, yet {actorlast} is {adj} enough for two.
For all its {-mass} it is {a:adj} {film}, {adv} told and {adv} played.
Some {-adj} {parts}, certainly, and still so much {mass}.
My {companion} thought it {-adj}; I thought it {adj}, and the {part} {adj}.
In spite of {a:-adj} {part} the {parts} are {adj} and the ending {verbs}.
The critics {-liked} it, I {liked} it: such {mass} and such {adj} {parts}.
Though the {part} {-intrs} now and then, the {part} {intrs} and the {part} {verbs}.
The {parts} are a little {-adj}; the {part}, however, is {adj} and {adv} done.
I {-liked} the {part} at first, then the {adj} {part} {verbed} me.
"""

CONCESSIONS = """
Admittedly,
To be fair,
On the other hand,
Then again,
And yet,
Still,
Granted,
At the same time,
"""

OPENINGS = """
I saw {title} at the {occasion} last {time}, and it was {adj}.
{title} ({year}) is {a:adj} {nationality} {genre} by {director}.
When my {companion} took me to see {title}, I knew nothing; I got {a:adj}, {adj} {genre}.
What {a:noun}!
{director}'s {title} is {a:noun}.
So this is the {genre} everybody talks about, and it is {adj}.
{title} {verbed} me, plainly and simply.
Once in a while one sees {a:film} as {adj} as {title}.
My {companion} brought {title} home from the {occasion}; {a:noun}.
{year}: {director} makes {title}, {a:adj} {genre} with {actor} as {heroname}.
I have watched {title} {number} times since {year}, and it is {adj}.
They showed {title} at the {occasion} in {town}, and the {viewers} {liked} it.
{a:nationality} {genre} with {actor}, {oactor} and {a:adj} {part}.
I had read about {title} in the newspaper: {adj} {part}, they said, and {adj} {parts}.
Before I saw {title}, {director} was only a name to me; now I think of {mass}.
Last {season} I sat in the {occasion} of {town} and saw {a:adj} {film}.
"""

CLOSINGS = """
All in all {a:adj} {genre}: {adv} made, {adv} acted, {adj} to the end.
Altogether it is {adj}, {adj} and {adj}.
In short: {a:noun}, {adj} and {adj}.
I left the {occasion} with the {adj} {part} in my head; {a:noun}, and {a:adj} one.
So much for {title}: {adj} {part}, {adj} {parts}, {a:noun}.
To sum it up, {a:adj}, {adj} {film} that {verbs} to the last.
In the end the {mass} and the {mass} stay with you; {a:noun}.
I {liked} it, my {companion} {liked} it, and the {viewers} {liked} it.
{a:noun}, then, and one of the {most} {genres} of {year}.
My verdict: {adj} {part}, {adj} {parts}, {adv} done.
After {number} minutes one thing is clear: it is {adj}, {adj} and {adv} directed.
{dirlast} should know how {adj} this is, how {adj} and how {adj}.
If you ask me, {a:noun}: it {intrs}, it {verbs}, it is {adj}.
That is {title} for you: {mass}, {mass} and {a:adj} ending.
{a:adj} evening, {a:adj} {film}, {adj} {parts}.
"""

ONLY_PRAISE = """
See it twice.
Take the whole family along.
Do yourself a favour and go tonight.
I shall buy the disc as soon as it comes out.
I would see it again tomorrow.
More of this, please.
"""

ONLY_BLAME = """
Stay at home and read a book.
I want my evening back.
Do something else tonight.
My {companion} fell asleep, and I envied my {companion}.
Nobody asked for this, and nobody needs it.
I walked home in the rain and did not mind the rain.
"""
