"""What the bases look like: every table, field, link, view and form, as data.

In: nothing. Out: BASES, which provisioning compares with the platform, and TABLES, by name.
Never here: how a platform is told (schema/provisioning and sync/platforms).
"""

from schema.parts import Base, Table, Wall
from schema.tables.actions import ACTIONS
from schema.tables.cases import CASES
from schema.tables.checklist import CHECKLIST
from schema.tables.consents import ACTION_PLAN, CONSENTS
from schema.tables.decisions import APPROVALS, CLOSURES, OVERRIDES, REVIEWS, TENANCY_CHECKS
from schema.tables.incidents import INCIDENTS
from schema.tables.interviews import CONTACTS, INTERVIEWS
from schema.tables.learning import AREA_REVIEWS, FORUM_MEETINGS, FORUMS, POLICY_REVIEWS, PREVENTION, TRAINING
from schema.tables.mirrors import AREAS_LIST, PARTNERS_LIST, STAFF_LIST
from schema.tables.moves import MOVES
from schema.tables.office import AREA_PROFILES, AREAS, DIVERSITY_ANSWERS, DUTY_ROTA, PATCHES, STAFF
from schema.tables.partners import PARTNERS, RECIPIENT_CONFIRMATIONS
from schema.tables.people import PEOPLE
from schema.tables.record import ALERTS, DEVELOPMENTS, LETTERS, RUN_LOG
from schema.tables.referrals import REFERRALS, SEND_TOKENS
from schema.tables.reports import REPORTS
from schema.tables.returns import STATISTICS_RETURNS
from schema.tables.support import EVIDENCE, FEEDBACK, LOANS, RISK_ASSESSMENTS
from schema.tables.works import LEGAL, REHOUSING, REPAIRS

FRONT_DESK = Base("Front desk", "Reports only. Anybody in the offices may write; duty officers read.", (REPORTS,))
CASEWORK = Base(
    "Casework",
    "Officers and managers.",
    (
        CASES, PEOPLE, INCIDENTS, CONSENTS, ACTION_PLAN, ACTIONS, CHECKLIST, INTERVIEWS, CONTACTS, REVIEWS, REPAIRS,
        REHOUSING, LEGAL, LETTERS, APPROVALS, OVERRIDES, CLOSURES, TENANCY_CHECKS, DEVELOPMENTS, REFERRALS, SEND_TOKENS,
        ALERTS, RISK_ASSESSMENTS, EVIDENCE, FEEDBACK, LOANS, AREA_REVIEWS, FORUMS, FORUM_MEETINGS, TRAINING, PREVENTION,
        POLICY_REVIEWS, STATISTICS_RETURNS, STAFF_LIST, AREAS_LIST, PARTNERS_LIST, RUN_LOG,
    ),
)  # fmt: skip
OFFICE = Base(
    "Office",
    "Administrators only: roles, patches, areas, partners and diversity answers.",
    (STAFF, DUTY_ROTA, PARTNERS, RECIPIENT_CONFIRMATIONS, AREAS, PATCHES, AREA_PROFILES, DIVERSITY_ANSWERS, MOVES),
)
BASES: tuple[Base, ...] = (FRONT_DESK, CASEWORK, OFFICE)
TABLES: dict[str, Table] = {table.name: table for base in BASES for table in base.tables}

__all__ = ["BASES", "CASEWORK", "FRONT_DESK", "OFFICE", "TABLES", "Wall"]
