package dev.holdfast.e2e;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network.Ipam;
import com.github.dockerjava.api.model.Volume;
import dev.holdfast.cli.bringup.BringUp;
import dev.holdfast.node.cluster.Addresses;
import dev.holdfast.node.cluster.ClusterConfig;
import dev.holdfast.node.cluster.ClusterFolder;
import dev.holdfast.node.cluster.ClusterInit;
import dev.holdfast.node.cluster.ConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * Each node a container of its own, in a network of its own that is made for the test. What is done to a network is done
 * in the container's own network namespace, from outside: nothing in it has a part in that.
 */
final class ContainerMachines implements Machines {

    /** The node whose broker has little room. */
    static final String SMALL_DISK = "c";

    private static final List<String> NODES = List.of("a", "b", "c");
    private static final String SIZE_OF_SMALL_DISK = "256m";
    private static final String IMAGE = "holdfast/node-under-test";
    private static final String EVIDENCE = "/evidence";
    private static final int FIRST_ADDRESS = 11;
    private static final int STOP_WITHIN_SECONDS = 90;

    private final Path data;
    private final Path evidence;
    private final ClusterConfig config;
    private final Network network;
    private final Map<String, GenericContainer<?>> containers = new LinkedHashMap<>();
    private final DockerClient docker = DockerClientFactory.lazyClient();

    private ContainerMachines(Path data, Path evidence, ClusterConfig config, Network network) {
        this.data = data;
        this.evidence = evidence;
        this.config = config;
        this.network = network;
    }

    /** Builds the image from what is compiled, makes the nodes' folders and the network; nothing runs yet. */
    static ContainerMachines create(Path folder, String profile) throws IOException {
        Path top = Path.of("..").toAbsolutePath().normalize();
        run(List.of("docker", "build", "-q", "-t", IMAGE, "-f", "infra/docker/Dockerfile", "--build-arg",
                "BASE=" + NeedsDocker.Condition.base(), "."), top);
        String prefix = "10.89." + ProcessHandle.current().pid() % 250;
        Map<String, String> addresses = new LinkedHashMap<>();
        NODES.forEach(node -> addresses.put(node, prefix + "." + (FIRST_ADDRESS + NODES.indexOf(node))));
        Path data = folder.resolve("data");
        Path evidence = Files.createDirectories(folder.resolve("evidence"));
        ClusterConfig config = new ClusterInit(new ClusterFolder(data)).create(new ClusterConfig(
                "containers", Uuid.randomUuid().toString(), new Addresses(addresses), NODES, profile,
                Optional.empty(), Optional.empty()));
        Path small = data.resolve(SMALL_DISK).resolve("kafka");
        Path formatted = Files.move(small, data.resolve(SMALL_DISK).resolve("formatted"));
        Files.createDirectory(small);
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + SIZE_OF_SMALL_DISK, "holdfast-test", small.toString()), data);
        run(List.of("cp", "-a", formatted + "/.", small.toString()), data);
        Network network = Network.builder()
                .createNetworkCmdModifier(command -> command.withIpam(new Ipam().withConfig(
                        new Ipam.Config().withSubnet(prefix + ".0/24"))))
                .build();
        return new ContainerMachines(data, evidence, ConfigFile.readCluster(data.resolve("cluster.yaml")), network);
    }

    private GenericContainer<?> container(String node) {
        return new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withNetwork(network)
                .withNetworkAliases(node)
                .withCommand("node", "run", "/data/" + node)
                .withCreateContainerCmdModifier(command -> {
                    command.withHostName(node);
                    command.withIpv4Address(config.addressOf(node));
                    // Told straight to Docker: asked for a folder, the library tries first with an image that it would pull.
                    command.getHostConfig().withInit(true).withReadonlyRootfs(true).withTmpFs(Map.of("/tmp", "exec")).withBinds(
                            new Bind(data.resolve(node).toString(), new Volume("/data/" + node)),
                            new Bind(evidence.toString(), new Volume(EVIDENCE)));
                });
    }

    @Override
    public ClusterConfig config() {
        return config;
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public void bringUp(Duration within, Consumer<String> progress) {
        for (String node : NODES) {
            start(node);
        }
        new BringUp(config, progress).run(within);
    }

    @Override
    public void start(String node) {
        GenericContainer<?> container = containers.get(node);
        if (container == null) {
            container = container(node);
            containers.put(node, container);
            container.start();
        } else if (!isRunning(node)) {
            docker.startContainerCmd(container.getContainerId()).exec();
        }
    }

    private boolean isRunning(String node) {
        return Boolean.TRUE.equals(docker.inspectContainerCmd(id(node)).exec().getState().getRunning());
    }

    private String id(String node) {
        return containers.get(node).getContainerId();
    }

    @Override
    public void kill(String... nodes) {
        // Side by side, as power goes.
        List<Thread> kills = new ArrayList<>();
        for (String node : nodes) {
            kills.add(Thread.ofVirtual().start(() -> docker.killContainerCmd(id(node)).exec()));
        }
        for (Thread kill : kills) {
            try {
                kill.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** An orderly stop: guests end, all is filed. */
    void stop(String node) {
        docker.stopContainerCmd(id(node)).withTimeout(STOP_WITHIN_SECONDS).exec();
    }

    /** Everything in the container stands still, its guard too, as in a machine that is suspended. */
    void pause(String node) {
        docker.pauseContainerCmd(id(node)).exec();
    }

    void resume(String node) {
        docker.unpauseContainerCmd(id(node)).exec();
    }

    @Override
    public void cutOff(String node) {
        docker.disconnectFromNetworkCmd().withNetworkId(network.getId()).withContainerId(id(node)).exec();
    }

    @Override
    public void heal() {
        for (String node : containers.keySet()) {
            boolean isCutOff = docker.inspectContainerCmd(id(node)).exec().getNetworkSettings().getNetworks().isEmpty();
            if (isCutOff) {
                docker.connectToNetworkCmd()
                        .withNetworkId(network.getId())
                        .withContainerId(id(node))
                        .withContainerNetwork(new ContainerNetwork()
                                .withAliases(node)
                                .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(config.addressOf(node))))
                        .exec();
            }
        }
    }

    /** What the node sends to the others is lost, or is not any more; what they send arrives. */
    void loseWhatItSends(String node, boolean lose) {
        for (String other : NODES) {
            if (!other.equals(node)) {
                inNetworkOf(node, List.of(
                        "iptables", lose ? "-A" : "-D", "OUTPUT", "-d", config.addressOf(other), "-j", "DROP"));
            }
        }
    }

    /** Until nothing goes on the disk of that node's broker any more. */
    void fillDisk() {
        try {
            run(List.of("dd", "if=/dev/zero", "of=" + filler(), "bs=64k"), data);
        } catch (AssertionError full) {
            if (!full.getMessage().contains("No space left")) {
                throw full;
            }
        }
    }

    void emptyDisk() {
        run(List.of("rm", "-f", filler().toString()), data);
    }

    private Path filler() {
        return data.resolve(SMALL_DISK).resolve("kafka").resolve("filler");
    }

    private void inNetworkOf(String node, List<String> command) {
        Long pid = docker.inspectContainerCmd(id(node)).exec().getState().getPidLong();
        List<String> all = new ArrayList<>(List.of("nsenter", "-t", String.valueOf(pid), "-n"));
        all.addAll(command);
        run(all, data);
    }

    @Override
    public void signalServices(String node, String signal) {
        run(List.of("docker", "exec", id(node), "sh", "-c",
                "kill -" + signal + " $(cut -d ' ' -f 1 /data/" + node + "/run/node.pid)"), data);
    }

    /** Whether a process of the database is there, by the container's own process table. */
    boolean runsGuest(String node) {
        return NeedsDocker.Condition.answers(
                "docker", "exec", id(node), "sh", "-c", "grep -l 'Database[G]uest' /proc/[0-9]*/cmdline");
    }

    @Override
    public String guestAddress() {
        return null;
    }

    @Override
    public String addressSeenByClients(String node) {
        return config.addressOf(node);
    }

    @Override
    public String classPathOfGuests() {
        return "${holdfast.lib}/*";
    }

    @Override
    public String evidenceSeenByGuests() {
        return EVIDENCE;
    }

    @Override
    public Path evidence() {
        return evidence;
    }

    private static void run(List<String> command, Path folder) {
        try {
            Path said = Files.createTempFile("said", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            String text = Files.readString(said);
            Files.delete(said);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + text);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        containers.values().forEach(GenericContainer::stop);
        network.close();
        run(List.of("umount", "-l", data.resolve(SMALL_DISK).resolve("kafka").toString()), data);
    }
}
