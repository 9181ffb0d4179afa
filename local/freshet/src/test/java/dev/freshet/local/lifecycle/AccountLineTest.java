package dev.freshet.local.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.http.CannedService;
import java.net.URI;
import org.junit.jupiter.api.Test;

class AccountLineTest {

    @Test
    void itIsTheTotalsOfAllPartitions() throws Exception {
        try (CannedService api = CannedService.answering("/v1/freshness", 200, """
                {"as_of":"2026-01-31T12:00:00Z","partitions":[{"parked":3}],
                 "totals":{"records":20,"applied":9,"unchanged":1,"superseded":2,"dead_lettered":4,"parked":3,"pending":1}}""")) {
            assertThat(AccountLine.read(api.uri())).isEqualTo(new AccountLine(20, 4, 1, 3));
        }
    }

    @Test
    void thereIsNoneWhileTheApiDoesNotKnowOrAnswer() throws Exception {
        URI stopped;
        try (CannedService api = CannedService.answering("/v1/freshness", 503, "{\"status\":503}")) {
            assertThat(AccountLine.read(api.uri())).isNull();
            stopped = api.uri();
        }
        assertThat(AccountLine.read(stopped)).isNull();
    }
}
