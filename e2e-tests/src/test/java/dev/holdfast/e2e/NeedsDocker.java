package dev.holdfast.e2e;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips what needs a Docker that answers, root to cut networks, and our base image; with the reason and the remedy. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.Condition.class)
@interface NeedsDocker {

    /** Built by infra/docker/base, or named by HOLDFAST_BASE. */
    String DEFAULT_BASE = "holdfast/base";

    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String missing = missing();
            return missing == null
                    ? ConditionEvaluationResult.enabled("there is all it needs")
                    : ConditionEvaluationResult.disabled(missing + "; infra/ci/prepare (as root) sees to that");
        }

        static String base() {
            String named = System.getenv("HOLDFAST_BASE");
            return named == null ? DEFAULT_BASE : named;
        }

        private static String missing() {
            if (!answers("docker", "version", "--format", "{{.Server.Version}}")) {
                return "no Docker answers here";
            }
            if (!answers("docker", "image", "inspect", base())) {
                return "there is no image " + base();
            }
            if (!Files.isWritable(Path.of("/proc/1/ns"))) {
                return "this is not root: networks of containers cannot be disturbed";
            }
            return answers("nsenter", "--version") && answers("iptables", "--version")
                    ? null
                    : "nsenter or iptables is missing";
        }

        static boolean answers(String... command) {
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (IOException notThere) {
                return false;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
