package dev.holdfast.cli.command;

import dev.holdfast.cli.ExitCode;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.output.Fields;
import dev.holdfast.cli.read.ClusterAccess;
import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.RegisteredSchemas.RegisteredSchema;
import dev.holdfast.messaging.registry.RegistryClient;
import dev.holdfast.messaging.registry.RegistryException;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.TopicCatalogue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;

/** Gives the schemas of this build to the registry. */
@Command(
        name = "register",
        description = {
            "Register the schemas of this build at the cluster's registry, and write the ids it gave to the log.",
            "'up' does it when the cluster is made; this is for a new release of Holdfast, before its nodes are started. "
                    + "Nodes take ids from the log when they start and never ask the registry."
        })
final class SchemasRegister extends Verb {

    @Override
    public Integer call() {
        URI url = config().registryUrl().orElseThrow(() -> Failure.failed("this cluster was made without a registry: ids are "
                + "derived from the content of the schemas, and the values on its topics carry them. What a cluster uses is "
                + "fixed when it is made ('up --registry-url'); any registry's client can still read it through the "
                + "read-only registry of each node"));
        try (ClusterAccess access = access(); RegistryClient registry = new RegistryClient(url)) {
            RegisteredSchemas before = access.registeredSchemas().orElseThrow(() -> Failure.noAnswer(
                    "the first bring-up was not completed: './holdfast up' takes it up again"));
            RegisteredSchemas given = registry.register(SchemaCatalogue.load(), before.version() + 1);
            List<RegisteredSchema> fresh = fresh(before, given);
            if (!fresh.isEmpty()) {
                List<RegisteredSchema> all = new ArrayList<>(before.schemas());
                all.addAll(fresh);
                write(access, new RegisteredSchemas(before.version() + 1, url.toString(), all));
            }
            screen().result(
                    fresh.isEmpty()
                            ? "nothing new: all " + given.schemas().size() + " schemas are on the log with these ids"
                            : fresh.size() + " schemas registered; nodes take their ids when they start",
                    Fields.of("registryUrl", url.toString())
                            .and("schemas", given.schemas().size())
                            .and("new", fresh.stream().map(RegisteredSchema::subject).toList()));
            return ExitCode.OK;
        } catch (RegistryException failed) {
            throw Failure.failed(failed.getMessage() + ". Nothing was written; running nodes do not need the registry", failed);
        }
    }

    /** An id that has another meaning now would make values unreadable that stand on the log. */
    private static List<RegisteredSchema> fresh(RegisteredSchemas before, RegisteredSchemas given) {
        List<RegisteredSchema> fresh = new ArrayList<>();
        for (RegisteredSchema each : given.schemas()) {
            RegisteredSchema known = before.schemas().stream()
                    .filter(other -> other.derivedId() == each.derivedId())
                    .findFirst()
                    .orElse(null);
            if (known == null) {
                fresh.add(each);
            } else if (known.id() != each.id()) {
                throw Failure.failed("the registry gives the id " + each.id() + " to " + each.subject() + " version "
                        + each.version() + ", and values on the log carry " + known.id() + " for it: it is another registry, or it "
                        + "lost its data. Nothing was written");
            }
        }
        return fresh;
    }

    private static void write(ClusterAccess access, RegisteredSchemas registered) {
        try {
            access.use(registered);
            access.producer().send(access.encoder().record(
                    TopicCatalogue.CLUSTER_SETTINGS, RegisteredSchemas.KEY, registered)).get();
        } catch (IllegalArgumentException unusable) {
            throw Failure.failed(unusable.getMessage(), unusable);
        } catch (ExecutionException failed) {
            throw Failure.noAnswer("the ids could not be written to the log: " + failed.getCause().getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted; register once more");
        }
    }
}
