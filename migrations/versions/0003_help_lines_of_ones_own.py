"""Help lines as the organisation has them"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DELIVERIES = ("confirm", "link", "sign-in", "invitation", "reminder")
NEW = "notice"
OWN_WORDS = ("checked_tel", "number", "hours", "whom", "trace")


def upgrade() -> None:
    allow(DELIVERIES, (*DELIVERIES, NEW))
    with op.batch_alter_table("help_check") as batch:
        batch.alter_column("checked_on", existing_type=sa.Date(), nullable=True)
        batch.add_column(sa.Column("checked_by_id", sa.Integer(), nullable=True))
        for name in OWN_WORDS:
            batch.add_column(sa.Column(name, sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(
            op.f("fk_help_check_checked_by_id_person"), "person", ["checked_by_id"], ["id"], ondelete="SET NULL"
        )
        batch.create_index(op.f("ix_help_check_checked_by_id"), ["checked_by_id"])
    op.create_table(
        "help_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("group", kind("helpgroup", ("exposed", "harming", "children", "work", "other")), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=True),
        sa.Column("url", sa.String(length=200), nullable=True),
        sa.Column("whom", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=True),
        sa.Column("trace", sa.String(length=200), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_help_contact_checked_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_help_contact_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_contact")),
    )
    op.create_index(op.f("ix_help_contact_checked_by_id"), "help_contact", ["checked_by_id"])
    op.create_index(op.f("ix_help_contact_organisation_id"), "help_contact", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("help_contact")
    op.execute("delete from help_check where checked_on is null")
    with op.batch_alter_table("help_check") as batch:
        batch.drop_index(op.f("ix_help_check_checked_by_id"))
        batch.drop_constraint(op.f("fk_help_check_checked_by_id_person"), type_="foreignkey")
        for name in ("checked_by_id", *OWN_WORDS, "hidden_at"):
            batch.drop_column(name)
        batch.alter_column("checked_on", existing_type=sa.Date(), nullable=False)
    op.execute(sa.text("delete from delivery where kind = :kind").bindparams(kind=NEW))
    allow((*DELIVERIES, NEW), DELIVERIES)


def kind(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def allow(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Change which kinds of delivery there may be: the CHECK is made anew."""
    with op.batch_alter_table("delivery") as batch:
        batch.alter_column(
            "kind",
            existing_type=kind("deliverykind", before),
            type_=kind("deliverykind", after),
            existing_nullable=False,
        )
