package dev.freshet.query.ranking;

import dev.freshet.core.profile.RankingProfile;
import dev.freshet.core.profile.RankingProfiles;
import dev.freshet.query.access.CallerResolver;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** {@code GET /v1/ranking-profile}: the profile that ranks now, whole. */
public final class ProfileEndpoint {
    private final CallerResolver callers;
    private final Supplier<RankingProfile> profiles;

    public ProfileEndpoint(CallerResolver callers, Supplier<RankingProfile> profiles) {
        this.callers = callers;
        this.profiles = profiles;
    }

    public void register(RoutesConfig routes) {
        routes.get("/v1/ranking-profile", this::get);
    }

    private void get(Context ctx) {
        // It is about no tenant's documents, but still for those who may call the API.
        callers.resolve(ctx);
        ctx.contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(RankingProfiles.json(profiles.get()));
    }
}
