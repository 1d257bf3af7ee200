package dev.holdfast.recovery.probe;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.concurrent.Callable;

/** Answered when a GET returns a status within the range; the body is not read. */
record HttpQuestion(String address, int port, String path, int leastStatus, int mostStatus)
        implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        var url = URI.create("http://%s:%d%s".formatted(address, port, path)).toURL();
        // A proxy that the machine is set up with must never answer for the guest.
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        try {
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            int status = connection.getResponseCode();
            if (status < leastStatus || status > mostStatus) {
                throw new IOException("status %d, expected %d to %d".formatted(status, leastStatus, mostStatus));
            }
            return status;
        } finally {
            connection.disconnect();
        }
    }
}
