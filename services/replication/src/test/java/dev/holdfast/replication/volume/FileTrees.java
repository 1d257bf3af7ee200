package dev.holdfast.replication.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Random file trees, random changes to them, and what they look like. Everything follows from the seed. */
public final class FileTrees {

    private final Random random;
    private final Path root;
    private final long seed;
    private int names;

    public FileTrees(Path root, long seed) {
        this.root = root;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Every path with type, mode, mtime, size and content: two trees that describe alike are alike. */
    public static Map<String, String> describe(Path root) throws IOException {
        Map<String, String> described = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                described.put(root.relativize(path).toString(), describeOne(path));
            }
        }
        return described;
    }

    private static String describeOne(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link " + Files.readSymbolicLink(path);
        }
        String about = PosixFilePermissions.toString(Files.getPosixFilePermissions(path, NOFOLLOW_LINKS)) + " "
                + Files.getLastModifiedTime(path, NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS);
        return Files.isDirectory(path, NOFOLLOW_LINKS)
                ? "directory " + about
                : "file " + about + " " + Files.size(path) + " " + sha256(Files.readAllBytes(path));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A number of random changes: files, directories and links come, go, move, grow, shrink and change. */
    public void change(int changes) throws IOException {
        for (int i = 0; i < changes; i++) {
            changeOne();
        }
    }

    private void changeOne() throws IOException {
        Path file = pick(Files::isRegularFile);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> Files.write(fresh(), bytes(size()));
            case 3 -> Files.createDirectory(fresh());
            case 4 -> Files.createSymbolicLink(fresh(), Path.of(random.nextBoolean() ? "../nowhere" : "name-0"));
            case 5 -> Files.deleteIfExists(file.equals(root) ? fresh() : file);
            case 6 -> move(file);
            case 7 -> truncate(file);
            case 8, 9 -> overwrite(file);
            case 10 -> touch(file);
            case 11 -> append(file);
            default -> throw new AssertionError();
        }
    }

    private void move(Path file) throws IOException {
        if (!file.equals(root)) {
            Files.move(file, fresh());
        }
    }

    private void truncate(Path file) throws IOException {
        if (!file.equals(root)) {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength(open.length() == 0 ? 0 : random.nextLong(open.length()));
            }
        }
    }

    private void overwrite(Path file) throws IOException {
        if (!file.equals(root) && Files.size(file) > 0) {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.seek(random.nextLong(open.length()));
                open.write(bytes((int) Math.min(open.length() - open.getFilePointer(), 1 + random.nextInt(70_000))));
            }
        }
    }

    private void append(Path file) throws IOException {
        if (!file.equals(root)) {
            Files.write(file, bytes(random.nextInt(100_000)), java.nio.file.StandardOpenOption.APPEND);
        }
    }

    private void touch(Path file) throws IOException {
        if (!file.equals(root)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(random.nextBoolean() ? "rw-r-----" : "rwxr-xr-x"));
            Files.setLastModifiedTime(file, FileTime.from(random.nextInt(1_000_000_000), TimeUnit.SECONDS));
        }
    }

    private Path fresh() throws IOException {
        return pick(Files::isDirectory).resolve("name-" + seed + "-" + names++);
    }

    private Path pick(java.util.function.Predicate<Path> kind) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            List<Path> found = new ArrayList<>(paths.filter(path -> !Files.isSymbolicLink(path))
                    .filter(kind)
                    .sorted()
                    .toList());
            return found.isEmpty() ? root : found.get(random.nextInt(found.size()));
        }
    }

    /** Sizes around the edges of blocks and parts. */
    private int size() {
        int[] edges = {0, 1, Blocks.BLOCK - 1, Blocks.BLOCK, Blocks.BLOCK + 1, Blocks.PART, Blocks.PART + 1};
        return random.nextInt(3) == 0 ? edges[random.nextInt(edges.length)] : random.nextInt(900_000);
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        if (random.nextInt(5) > 0) {
            random.nextBytes(bytes);
        }
        return bytes;
    }
}
