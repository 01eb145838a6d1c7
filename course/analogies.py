"""Fifty analogy questions that the small data set's vectors are made to answer.

Each is (a, b, c, d): a is to b as c is to d, to be answered at rank 1 by the word nearest to
b - a + c, the three given words left out.
"""

_QUESTIONS = """
man woman king queen
man woman boy girl
man woman father mother
man woman son daughter
man woman brother sister
man woman husband wife
man woman actor actress
king queen uncle aunt
king queen prince princess
king queen nephew niece
father mother hero heroine
father mother waiter waitress
boy girl duke duchess
boy girl grandfather grandmother
actor actress widower widow
actor actress emperor empress
brother sister wizard witch
brother sister host hostess
uncle aunt groom bride
uncle aunt monk nun
book books dog dogs
book books letter letters
dog dogs horse horses
soldier soldiers doctor doctors
horse horses knife knives
knife knives wolf wolves
ship ships house houses
ship ships island islands
house houses city cities
house houses car cars
letter letters train trains
woman women man men
car cars robot robots
soldier soldiers teacher teachers
teacher teachers doctor doctors
tall taller long longer
long longer bright brighter
old older young younger
small smaller tall taller
big bigger small smaller
big bigger dark darker
long longer fast faster
long longer slow slower
dark darker loud louder
long longer quiet quieter
fast faster high higher
fast faster deep deeper
small smaller heavy heavier
small smaller old older
soft softer hard harder
"""

QUESTIONS: tuple[tuple[str, str, str, str], ...] = tuple(
    (a, b, c, d) for a, b, c, d in (line.split() for line in _QUESTIONS.split("\n") if line)
)
