package dev.holdfast.node.service;

import dev.holdfast.messaging.registry.Answer;
import dev.holdfast.messaging.registry.RegistryView;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;

/** The schemas of this release in Confluent's paths, for UIs and foreign clients; writes answer 405. */
@Controller
final class RegistryEndpoint {

    private final RegistryView registry;

    RegistryEndpoint(RegistryView registry) {
        this.registry = registry;
    }

    @Get(uris = {"/subjects{/rest:.*}", "/schemas{/rest:.*}", "/config{/rest:.*}", "/mode{/rest:.*}"},
            produces = Answer.CONTENT_TYPE)
    HttpResponse<String> read(HttpRequest<?> request) {
        return answer(request);
    }

    @Post(uris = {"/subjects{/rest:.*}", "/compatibility{/rest:.*}"}, produces = Answer.CONTENT_TYPE,
            consumes = "*/*")
    HttpResponse<String> post(HttpRequest<?> request) {
        return answer(request);
    }

    @Put(uris = {"/config{/rest:.*}", "/mode{/rest:.*}"}, produces = Answer.CONTENT_TYPE, consumes = "*/*")
    HttpResponse<String> put(HttpRequest<?> request) {
        return answer(request);
    }

    @Delete(uris = {"/subjects{/rest:.*}", "/config{/rest:.*}"}, produces = Answer.CONTENT_TYPE, consumes = "*/*")
    HttpResponse<String> delete(HttpRequest<?> request) {
        return answer(request);
    }

    private HttpResponse<String> answer(HttpRequest<?> request) {
        Answer answer = registry.answer(request.getMethodName(), request.getUri().getRawPath());
        return HttpResponse.<String>status(HttpStatus.valueOf(answer.status())).body(answer.json());
    }
}
