"""Sentence templates without polarity: what happens in the film, and facts about it.

``{he}``, ``{his}`` and ``{him}`` stand for the hero, man or woman; ``{ohe}`` and so on for the
other leading role, which is of the opposite sex. Slots in capitals come from the film's topic.
"""

PLOTS = """
{heroname} is {a:human} {hero} who {V3} {a:THING} and {M3} {a:PERSON}.
{heroname}, {a:human} {hero}, lives near {a:PLACE} in {town} with {his} {relative}.
One {season} {he} {M3} the {other} {othername}, who {V3} {a:THING}.
Near the {PLACE} {he} finds {a:THING} and {a:plain} {THING}.
{othername} {V3} the {THING}, and {he} must {V} the {THINGS}.
The {PEOPLE} of {town} {V} their {THINGS} and {M} the {other}.
{he} wants to {V} the {plain} {THING}, but the {PERSON} {M3} {him}.
Then {a:PERSON} comes to the {PLACE} and {V3} the {THING}.
{othername} has {a:plain} {THING} that {ohe} {VED} in {town}.
For {number} years the {PEOPLE} have been {VING} the {THINGS} of the {PLACE}.
{he} {VED} {his} {THING}; {ohe} {VED} {ohis} {THINGS}.
{a:PERSON} named {name} {M3} {him} near the {PLACE} at night.
The {hero} {M3} the {other}, and the {other} {M3} the {PERSON}.
{heroname} has been {MING} {othername} since {ohe} was {a:human} {PERSON}.
There is {a:PLACE}, there is {a:THING}, and there are {number} {PEOPLE}.
{name}, the {PERSON}, {MED} the {hero} before the {THING} was lost.
{he} says that {he} {VED} the {THING} {self}, and {othername} believes {him}.
After {number} days at the {PLACE} {he} {V3} the {THINGS} of the {PERSON}.
Between the {PLACE} and the {PLACE} {ohe} meets {name}, {a:human} {PERSON}.
When the {PERSON} {V3} {ohis} {THING}, {ohe} goes to {town} with {a:PERSON}.
Everybody in {town} knows the {PERSON}, for {he} {VED} the {THING}.
It is {season}, and the {PEOPLE} are waiting near the {plain} {PLACE}.
{ohe} writes to {him} from {town}; {he} answers with {a:THING}.
The {human} {PERSON} and the {human} {PERSON} share {a:PLACE}, {a:THING} and {a:plain} {THING}.
{his} {relative} is {a:PERSON}, {ohis} {relative} is {a:PERSON} too.
At the {PLACE} nobody speaks until {name} brings {a:THING}.
{heroname} and {othername} {V} the {THING} together and {M} each other.
{name} of {town} is {VING} the {THINGS}, and {heroname} is {MING} {name}.
{he} is {humaner} than {his} {relative}, and {his} {THING} is {plainer} than {ohers}.
{heroname} dreams of {a:PLACE}; {othername} dreams of {THINGS} and {THINGS}.
Nobody but the {PERSON} knows who {VED} the {plain} {THING}, and the {PERSON} is in {town}.
The {THING}, it turns out, is older than the {PLACE}, and {name} {VED} it.
{ohe} {MED} {him} once, in {year}, when they were {PEOPLE} near {town}.
By and by the {hero} {V3} every {THING} of the {PLACE}, and the {other} helps {him}.
"""

OPENINGS = """
I saw {title} at the {occasion} last {time}.
{title} is {a:nationality} {genre} of {year}, by {director}.
{director} shot {title} in {town} in {year}, with {actor} as {heroname}.
{title}: {a:THING}, {a:PLACE} near {town}, and {actor} as {heroname}.
My {companion} brought {title} home from the {occasion}.
I have now watched {title} {number} times, and here is what I think of it.
They showed {title} at the {occasion} in {town}, and I went with my {companion}.
In {title} {actor} plays {heroname}, {a:human} {hero} from {town}.
I had read about {title} in the newspaper and knew that {director} was {a:PERSON} once.
What does {a:PERSON} do with {a:THING}?
"""

FACTS = """
It was shot in {town} in {year}, near {a:plain} {PLACE}.
{director} comes from {town} and used to be {a:PERSON}.
The {part} is by {name} {family}, the {part} by {name} {family}.
I have not read the book by {name} {family}, which came out in {year}.
It runs for about {number} minutes more than the {nationality} version of {year}.
The {THING} in the first shot is the {THING} in the last.
I saw it on {a:plain} screen, one {time} in {season}, with my {companion}.
{actor} was {a:PERSON} in {town} before {director} met {him}.
There are {number} {PEOPLE} in the cast and {number} {THINGS} on the poster.
My {companion} comes from {town}, where they still have {a:PLACE} of this kind.
{name} {family} appears for a minute as {a:PERSON}.
It was the {nationality} answer to the {genres} of {year}.
Some people compare it with {name} {family}'s {genre} of {year}.
The credits thank {name} {family}, {name} {family} and the {PEOPLE} of {town}.
Between the two parts one sees {a:plain} {PLACE} for a while.
They built the {PLACE} for it in a studio near {town}, {THINGS} and all.
"""
