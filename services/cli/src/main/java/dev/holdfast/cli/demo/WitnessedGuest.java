package dev.holdfast.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs any command as a guest with evidence:
 * {@code WitnessedGuest --evidence=FOLDER [--guest= --node= --epoch=] -- command…}
 *
 * <p>The command gets the wrapper's end (SIGTERM is passed on, a killed wrapper takes it along) and the wrapper the
 * command's: so the lock lives as long as the command does.
 */
public final class WitnessedGuest {

    private static final Set<String> KNOWN = Set.of("evidence", "guest", "node", "epoch");
    private static final List<Path> SETPRIV = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));

    private WitnessedGuest() {
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Arguments arguments;
        GuestIdentity identity;
        try {
            arguments = Arguments.parse(List.of(args), KNOWN);
            identity = GuestIdentity.from(arguments);
            if (arguments.rest().isEmpty()) {
                throw new IllegalArgumentException("a command must follow --");
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println("WitnessedGuest: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        Witness witness = Witness.begin(Path.of(arguments.text("evidence", null)), identity);
        // Started on this thread, which then waits: the death signal is bound to the thread, not to the process.
        Process command = new ProcessBuilder(dyingWithUs(arguments.rest())).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(command, witness), "end"));
        System.exit(command.waitFor());
    }

    private static void end(Process command, Witness witness) {
        try {
            command.destroy();
            command.waitFor();
            witness.exit();
        } catch (IOException | InterruptedException lost) {
            System.err.println("WitnessedGuest: " + lost.getMessage());
        }
    }

    private static List<String> dyingWithUs(List<String> command) {
        return SETPRIV.stream().filter(Files::isExecutable).findFirst().map(setpriv -> {
            List<String> all = new ArrayList<>(List.of(setpriv.toString(), "--pdeathsig", "KILL", "--"));
            all.addAll(command);
            return all;
        }).orElse(command);
    }
}
