package dev.holdfast.core.guest;

/** How to find out that a guest's real service answers. Goes to the guest's own address and port. */
public sealed interface ProbeSpec {

    /** When to probe and when silence counts; never {@code null}. */
    ProbeTiming timing();

    /** The guest answers when a TCP connection opens. */
    record Tcp(ProbeTiming timing) implements ProbeSpec {
        public Tcp {
            new Checks().given("timing", timing).refuseIfAny();
        }
    }

    /**
     * The guest answers when a GET of the path returns a status within the range; redirects are not followed.
     *
     * @param path        begins with '/', at most 2,048 characters; placeholders are expanded
     * @param leastStatus lowest status that counts as an answer, 100 to 599
     * @param mostStatus  highest status that counts as an answer, leastStatus to 599
     */
    record Http(String path, int leastStatus, int mostStatus, ProbeTiming timing) implements ProbeSpec {
        public Http {
            new Checks()
                    .text("path", path, 2_048)
                    .that(path == null || path.startsWith("/"), "path", path, "must begin with '/'")
                    .placeholders("path", path)
                    .between("leastStatus", leastStatus, 100, 599)
                    .between("mostStatus", mostStatus, 100, 599)
                    .that(mostStatus >= leastStatus, "mostStatus", Integer.toString(mostStatus),
                            "must not be below leastStatus %d".formatted(leastStatus))
                    .given("timing", timing)
                    .refuseIfAny();
        }
    }

    /**
     * The guest answers when a query over JDBC returns. The driver must be on Holdfast's class path;
     * HSQLDB's is.
     *
     * @param url      JDBC URL, at most 2,048 characters; placeholders are expanded
     * @param user     {@code null} if the database wants none
     * @param password {@code null} if the database wants none
     * @param query    one statement that returns quickly, at most 2,048 characters
     */
    record Sql(String url, String user, String password, String query, ProbeTiming timing) implements ProbeSpec {
        public Sql {
            new Checks()
                    .text("url", url, 2_048)
                    .that(url == null || url.startsWith("jdbc:"), "url", url, "must begin with 'jdbc:'")
                    .placeholders("url", url)
                    .text("user", user == null ? "" : user, 256)
                    .secret("password", password, 256)
                    .text("query", query, 2_048)
                    .that(query == null || !query.isBlank(), "query", query, "must not be empty, for example SELECT 1")
                    .given("timing", timing)
                    .refuseIfAny();
        }

        /** Without the password: specs are printed in messages and logs. */
        @Override
        public String toString() {
            return "Sql[url=%s, user=%s, query=%s, timing=%s]".formatted(url, user, query, timing);
        }
    }
}
