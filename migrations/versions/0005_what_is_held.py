"""Who has looked, and what people ask for"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CREDENTIALS = ("link", "slip", "sign-in")
DELIVERIES = ("confirm", "link", "sign-in", "invitation", "reminder", "notice")
NEW = "confirmation"


def upgrade() -> None:
    allow("credential", "credentialkind", CREDENTIALS, (*CREDENTIALS, NEW))
    allow("delivery", "deliverykind", DELIVERIES, (*DELIVERIES, NEW))
    op.create_table(
        "person_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_for", kind("askedfor", ("erasure", "left", "not-mine")), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "answer",
            kind("answer", ("done", "still-needed", "archived", "still-here", "address-right")),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_person_request_answered_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_request_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_request")),
    )
    op.create_index(op.f("ix_person_request_answered_by_id"), "person_request", ["answered_by_id"])
    op.create_index(op.f("ix_person_request_person_id"), "person_request", ["person_id"])
    op.create_table(
        "look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_look_by_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_look_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
    )
    op.create_index(op.f("ix_look_by_person_id"), "look", ["by_person_id"])
    op.create_index("ix_look_person_id_looked_at", "look", ["person_id", "looked_at"])


def downgrade() -> None:
    op.drop_table("look")
    op.drop_table("person_request")
    op.execute(sa.text("delete from delivery where kind = :kind").bindparams(kind=NEW))
    op.execute(sa.text("delete from credential where kind = :kind").bindparams(kind=NEW))
    allow("delivery", "deliverykind", (*DELIVERIES, NEW), DELIVERIES)
    allow("credential", "credentialkind", (*CREDENTIALS, NEW), CREDENTIALS)


def kind(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def allow(table: str, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Change which words the column `kind` may hold: the CHECK is made anew."""
    with op.batch_alter_table(table) as batch:
        batch.alter_column(
            "kind", existing_type=kind(name, before), type_=kind(name, after), existing_nullable=False
        )
