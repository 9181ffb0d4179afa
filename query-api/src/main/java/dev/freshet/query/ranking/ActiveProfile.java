package dev.freshet.query.ranking;

import dev.freshet.core.profile.InvalidProfileException;
import dev.freshet.core.profile.RankingProfile;
import dev.freshet.core.profile.RankingProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ranking profile of a file, read again whenever that changes; a file that is not right changes nothing. */
public final class ActiveProfile implements Supplier<RankingProfile>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveProfile.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final @Nullable Path file;
    private final Thread watcher;
    private volatile RankingProfile active;
    private Object seen = "";

    private ActiveProfile(@Nullable Path file, RankingProfile active) {
        this.file = file;
        this.active = active;
        this.watcher = Thread.ofVirtual().name("ranking-profile").unstarted(this::watch);
    }

    /**
     * Reads the file, and goes on looking at it.
     *
     * @param file null for the default profile
     * @throws IllegalArgumentException with everything that is wrong with the file
     */
    public static ActiveProfile open(@Nullable Path file) {
        if (file == null) {
            return new ActiveProfile(null, RankingProfiles.standard());
        }
        try {
            ActiveProfile profile = new ActiveProfile(file, RankingProfiles.read(Files.readAllBytes(file)));
            profile.seen = profile.mark(file);
            profile.watcher.start();
            return profile;
        } catch (IOException e) {
            throw new IllegalArgumentException("the ranking profile " + file + " cannot be read", e);
        } catch (InvalidProfileException e) {
            throw new IllegalArgumentException("the ranking profile " + file + " is not right: " + e.getMessage(), e);
        }
    }

    @Override
    public RankingProfile get() {
        return active;
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                return;
            }
            look();
        }
    }

    /** Takes what is in the file now, if it changed since the last look. */
    void look() {
        if (file == null) {
            return;
        }
        try {
            Object mark = mark(file);
            if (mark.equals(seen)) {
                return;
            }
            seen = mark;
            RankingProfile read = RankingProfiles.read(Files.readAllBytes(file));
            if (!read.equals(active)) {
                LOG.info("Ranking profile {} replaced by {}", active.label(), read.label());
                active = read;
            }
        } catch (IOException e) {
            LOG.warn("Ranking profile {} kept: {} cannot be read", active.label(), file);
        } catch (InvalidProfileException e) {
            LOG.error("Ranking profile {} kept: {} is not right: {}", active.label(), file, e.getMessage());
        }
    }

    /** Differs when the file was written anew. */
    private Object mark(Path of) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(of, BasicFileAttributes.class);
        return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
