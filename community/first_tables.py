"""The tables of an empty database, all at once.

Going through the history of the tables step by step takes half a minute on a small machine, because Django draws all
models anew after each step. An empty database has no history: it gets the tables as the models are today, then what
migrations do besides tables (first rows, storage), and a note that every step has been taken.
A test holds the result against the long way.
"""

from django.apps import AppConfig, apps
from django.db import connection, transaction
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model


def tables_of(config: AppConfig) -> list[type[Model]]:
    """The models of an app whose tables Django makes."""
    return [model for model in config.get_models() if model._meta.can_migrate(connection)]


def are_missing() -> bool:
    """Whether none of our tables has been made in this database yet."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return not any(model._meta.db_table in there for config in apps.get_app_configs() for model in tables_of(config))


def make() -> int:
    """Make all tables with what belongs into them; returns how many steps of their history that spares.

    Apps that make their tables by SQL of their own (procrastinate) go step by step: that is quick, for they have few
    models. All the others come whole or not at all.
    """
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate([leaf for leaf in leaves if not tables_of(apps.get_app_config(leaf[0]))])
    executor = MigrationExecutor(connection)
    steps = [step for step, _ in executor.migration_plan(leaves)]
    with transaction.atomic():
        make_from_models()
        do_the_rest(steps, executor)
        for step in steps:
            executor.recorder.record_applied(step.app_label, step.name)
    return len(steps)


def make_from_models() -> None:
    with connection.schema_editor() as editor:
        for config in apps.get_app_configs():
            for model in tables_of(config):
                editor.create_model(model)


def do_the_rest(steps: list[Migration], executor: MigrationExecutor) -> None:
    """What the steps do besides tables, in their order, on the models of today."""
    today = executor.loader.project_state()
    with connection.schema_editor() as editor:
        for step in steps:
            for operation in step.operations:
                if isinstance(operation, RunSQL | RunPython):
                    operation.database_forwards(step.app_label, editor, today, today)
