package dev.holdfast.cli.command;

import picocli.CommandLine.Command;

/** The schemas of the records on the log, and their ids. */
@Command(
        name = "schemas",
        description = "Show the schemas of what is on the log with their ids; give new ones to the registry.",
        subcommands = {SchemasList.class, SchemasRegister.class})
final class SchemasCommand extends Group {}
