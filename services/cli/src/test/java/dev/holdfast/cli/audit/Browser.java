package dev.holdfast.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;

/** Chromium without a window, asked through its own protocol what a person would see. For one thread; to be closed. */
final class Browser implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requested = new ArrayList<>();
    private int asked;

    private Browser(Process process, Path folder) throws Exception {
        this.process = process;
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page(port(folder))), new Messages())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            ask(domain + ".enable", Map.of());
        }
    }

    /** Skips the test, with the reason and the remedy, where there is no Chromium. */
    static void orSkip() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM),
                "no Chromium here: no " + PROGRAM + "; infra/ci/prepare installs it (apt-get install chromium)");
    }

    /**
     * Starts it.
     *
     * @param folder for all that it keeps
     */
    static Browser start(Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        PROGRAM.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                        "--no-first-run", "--disable-extensions", "--user-data-dir=" + folder, "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Browser(process, folder);
        } catch (Exception failed) {
            end(process);
            throw failed;
        }
    }

    /** It says where it listens in a file, once it does. */
    private int port(Path folder) throws Exception {
        Path file = folder.resolve("DevToolsActivePort");
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end;) {
            if (Files.exists(file) && Files.readString(file).contains("\n")) {
                return Integer.parseInt(Files.readAllLines(file).getFirst());
            }
            if (!process.isAlive()) {
                throw new IOException("Chromium ended with " + process.exitValue());
            }
            Thread.sleep(50);
        }
        throw new IOException("Chromium does not say where it listens");
    }

    private String page(int port) throws Exception {
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
        for (JsonNode target : JSON.readTree(http.send(list, BodyHandlers.ofString()).body())) {
            if (target.get("type").asText().equals("page")) {
                return target.get("webSocketDebuggerUrl").asText();
            }
        }
        throw new IOException("Chromium has no page");
    }

    /** Shows a file as on A4, with the look it has in print. */
    void print(Path file) throws Exception {
        ask("Emulation.setDeviceMetricsOverride", Map.of(
                "width", 794, "height", 1123, "deviceScaleFactor", 1, "mobile", false));
        ask("Emulation.setEmulatedMedia", Map.of("media", "print"));
        show(file);
    }

    /** Shows a file. */
    void show(Path file) throws Exception {
        complaints.clear();
        requested.clear();
        ask("Page.navigate", Map.of("url", file.toUri().toString()));
        await(message -> "Page.loadEventFired".equals(message.path("method").asText()));
        // What the page does right after it was loaded is heard before the answer to this.
        evaluate("new Promise(done => setTimeout(() => done(1), 100))");
    }

    /** Errors on the console, exceptions, and whatever else the browser complains of. */
    List<String> complaints() {
        return complaints;
    }

    /** Everything the page wanted loaded, itself included. */
    List<String> requested() {
        return requested;
    }

    /** The value of an expression of the page. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode answer = ask("Runtime.evaluate", Map.of(
                "expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IOException(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /**
     * The text of an element as a person sees it; null if it is not there, hidden, without size, beside the page, or in
     * the colour of what is behind it.
     */
    String seen(String selector) throws Exception {
        JsonNode text = evaluate("""
                (() => {
                  const found = document.querySelector(%s);
                  if (!found || !found.checkVisibility({opacityProperty: true, visibilityProperty: true})) return null;
                  const box = found.getBoundingClientRect();
                  const onPage = box.width > 0 && box.height > 0 && box.left >= 0
                      && box.right <= document.documentElement.clientWidth + 1;
                  let behind = found;
                  while (behind && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement;
                  const paper = behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)';
                  return onPage && getComputedStyle(found).color !== paper ? found.innerText ?? found.textContent : null;
                })()""".formatted(JSON.writeValueAsString(selector)));
        return text.isNull() || text.isMissingNode() ? null : text.asText();
    }

    /** Takes a picture of the upper part of the page. */
    void photograph(Path png, int height, double scale) throws Exception {
        JsonNode answer = ask("Page.captureScreenshot", Map.of(
                "format", "png", "captureBeyondViewport", true,
                "clip", Map.of("x", 0, "y", 0, "width", 794, "height", height, "scale", scale)));
        Files.createDirectories(png.getParent());
        Files.write(png, Base64.getDecoder().decode(answer.get("data").asText()));
    }

    private JsonNode ask(String method, Map<String, ?> parameters) throws Exception {
        int id = ++asked;
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonNode answer = await(message -> message.path("id").asInt(-1) == id);
        if (answer.has("error")) {
            throw new IOException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
    }

    private JsonNode await(Predicate<JsonNode> wanted) throws Exception {
        while (true) {
            JsonNode message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new IOException("Chromium does not answer");
            }
            note(message);
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    private void note(JsonNode message) {
        JsonNode parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert").contains(parameters.path("type").asText())) {
                    complaints.add(parameters.toString());
                }
            }
            case "Log.entryAdded" -> complaints.add(parameters.toString());
            case "Network.requestWillBeSent" -> requested.add(parameters.path("request").path("url").asText());
            default -> { }
        }
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    received.add(JSON.readTree(text.toString()));
                } catch (IOException foreign) {
                    throw new IllegalStateException("no JSON: " + text, foreign);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        socket.abort();
        end(process);
    }

    /** With all its children: they would go on writing into its folder. */
    private static void end(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }
}
