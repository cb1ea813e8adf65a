"""Matching: who helps whom, exactly, explained and the same every time.

Owns the hard rules, the score, the flow, the proof and the words of a match. It is pure: a `Problem` in, a `Plan`
out; no database, no clock (except to measure `seconds`), no settings, nothing else of Heli. It decides nothing: a
person approves what it proposes.

    plan = solve(problem)                                 the best plan with its proof
    ranked(problem, need_id, plan, limit)                 the best for one need, and why not the others
    explain(problem, plan, need_id, helper_id)            why, or why not, for anybody
    shortlists(problem, plan, limit)                      the same for all needs at once, for a city
    exclusions(problem, need_id)                          who is kept out, by which rule
    parse_problem(document), plan_document(plan)          the files heli-dispatch/1 and heli-plan/1
    parse_assignment, solve_assignment, answer_document   the bare form heli-assignment/1
    verify(problem, plan)                                 checks a stored plan without the solver
    Questions(problem).without(helper_id)                 who would move if somebody were away, …
    replan(problem, before, pinned=…)                     the problem changed: move as few as it is worth
    solve_counties(Split(problem), workers=2)             a province, county by county
"""

from .assignment import Answer, Assignment, answer_document, parse_assignment, solve_assignment
from .candidates import counts as exclusion_counts
from .candidates import refusal
from .counties import Source, Split, Whole, solve_counties
from .errors import BadProblem, Infeasible
from .explain import Book, exclusions, explain, ranked
from .formats import parse_plan, parse_problem, plan_document, problem_document
from .keeping import KEEP, Move, moves, pairs_of
from .plan import Assigned, Candidate, Certificate, Coverage, Plan, Reason, Unassigned
from .problem import Exclusion, Helper, Id, Need, Official, Problem, Weights
from .questions import Questions
from .replan import Replan, replan
from .shortlist import Shortlist, shortlists
from .solve import solve
from .table import Fit, NeedKind
from .validate import without_strangers
from .verify import verify

__all__ = [
    "KEEP",
    "Answer",
    "Assigned",
    "Assignment",
    "BadProblem",
    "Book",
    "Candidate",
    "Certificate",
    "Coverage",
    "Exclusion",
    "Fit",
    "Helper",
    "Id",
    "Infeasible",
    "Move",
    "Need",
    "NeedKind",
    "Official",
    "Plan",
    "Problem",
    "Questions",
    "Reason",
    "Replan",
    "Shortlist",
    "Source",
    "Split",
    "Unassigned",
    "Weights",
    "Whole",
    "answer_document",
    "exclusion_counts",
    "exclusions",
    "explain",
    "moves",
    "pairs_of",
    "parse_assignment",
    "parse_plan",
    "parse_problem",
    "plan_document",
    "problem_document",
    "ranked",
    "refusal",
    "replan",
    "shortlists",
    "solve",
    "solve_assignment",
    "solve_counties",
    "verify",
    "without_strangers",
]
