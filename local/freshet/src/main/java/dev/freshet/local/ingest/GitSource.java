package dev.freshet.local.ingest;

import dev.freshet.core.document.VersionClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The history of a Git repository's main line (the first parent of every commit, oldest first) as changes of its
 * documents. Versions follow the commits' times, so that the same history makes the same changes whenever it is read.
 */
final class GitSource implements Source {

    private final Path folder;
    private final String tenant;
    private final Map<String, String> metadata;
    private final Set<String> tooLarge = new LinkedHashSet<>();
    private final boolean withImages;
    private final boolean backfill;
    private final Set<String> images = new LinkedHashSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();

    /**
     * @param withImages whether images are documents
     * @param backfill whether the changes leave live ones their share of the embedder
     */
    GitSource(Path folder, boolean withImages, String tenant, Map<String, String> metadata, boolean backfill) {
        this.backfill = backfill;
        this.folder = folder;
        this.withImages = withImages;
        this.tenant = tenant;
        this.metadata = metadata;
    }

    @Override
    public SkippedFiles skipped() {
        return new SkippedFiles(tooLarge, images, unknown);
    }

    @Override
    public long expected() {
        return -1;
    }

    @Override
    public void read(Sink sink) throws IOException, InterruptedException {
        try (Repository repository = open();
                RevWalk commits = new RevWalk(repository);
                ObjectReader objects = repository.newObjectReader()) {
            CommitClock clock = new CommitClock();
            Envelopes envelopes = new Envelopes(tenant, metadata, new VersionClock(() -> clock.time), backfill);
            Step step = new Step(objects, commits, envelopes, sink);
            ObjectId parent = null;
            for (ObjectId id : mainLine(repository)) {
                RevCommit commit = commits.parseCommit(id);
                clock.time = commit.getCommitterIdent().getWhenAsInstant();
                if (!step.read(parent, commit, clock.time)) {
                    return;
                }
                commit.disposeBody();
                parent = id;
            }
        }
    }

    private static final class CommitClock {
        private Instant time = Instant.EPOCH;
    }

    private Repository open() throws IOException {
        try {
            return new RepositoryBuilder()
                    .findGitDir(folder.toFile())
                    .setMustExist(true)
                    .build();
        } catch (RepositoryNotFoundException | IllegalArgumentException e) {
            throw new IOException(folder + " is not in a Git repository", e);
        }
    }

    /** Ids only: a long history would not fit into memory with its commits. */
    private static List<ObjectId> mainLine(Repository repository) throws IOException {
        try (RevWalk commits = new RevWalk(repository)) {
            commits.setRetainBody(false);
            return mainLine(repository, commits);
        }
    }

    private static List<ObjectId> mainLine(Repository repository, RevWalk commits) throws IOException {
        ObjectId head = repository.resolve(Constants.HEAD);
        List<ObjectId> line = new ArrayList<>();
        for (ObjectId at = head; at != null; ) {
            RevCommit commit = commits.parseCommit(at);
            line.add(commit.getId().copy());
            at = commit.getParentCount() == 0
                    ? null
                    : commit.getParent(0).getId().copy();
        }
        Collections.reverse(line);
        return line;
    }

    /** One commit against its first parent. */
    private final class Step {
        private final ObjectReader objects;
        private final RevWalk commits;
        private final Envelopes envelopes;
        private final Sink sink;

        Step(ObjectReader objects, RevWalk commits, Envelopes envelopes, Sink sink) {
            this.objects = objects;
            this.commits = commits;
            this.envelopes = envelopes;
            this.sink = sink;
        }

        boolean read(@org.jspecify.annotations.Nullable ObjectId parent, RevCommit commit, Instant time)
                throws IOException, InterruptedException {
            try (TreeWalk walk = new TreeWalk(objects)) {
                walk.setRecursive(true);
                if (parent == null) {
                    walk.addTree(new EmptyTreeIterator());
                } else {
                    walk.addTree(commits.parseCommit(parent).getTree());
                }
                walk.addTree(commit.getTree());
                for (DiffEntry entry : DiffEntry.scan(walk)) {
                    if (!take(entry, time)) {
                        return false;
                    }
                }
                return true;
            }
        }

        private boolean take(DiffEntry entry, Instant time) throws IOException, InterruptedException {
            if (entry.getChangeType() == ChangeType.DELETE) {
                boolean document = isFile(entry.getOldMode()) && isDocument(entry.getOldPath());
                return !document || sink.take(envelopes.delete(entry.getOldPath(), time));
            }
            String path = entry.getNewPath();
            if (!isFile(entry.getNewMode())) {
                return true;
            }
            if (!isDocument(path)) {
                skip(path);
                return true;
            }
            ObjectLoader blob = objects.open(entry.getNewId().toObjectId(), Constants.OBJ_BLOB);
            if (!DocumentFiles.fits(path, blob.getSize())) {
                tooLarge.add(path);
                return true;
            }
            return sink.take(envelopes.upsert(path, blob.getBytes(), time));
        }

        private boolean isDocument(String path) {
            return DocumentFiles.accepts(path) && (withImages || !DocumentFiles.isImage(path));
        }

        private void skip(String path) {
            if (DocumentFiles.isImage(path)) {
                images.add(path);
            } else if (!DocumentFiles.isHidden(path)) {
                unknown.add(path);
            }
        }

        private static boolean isFile(FileMode mode) {
            return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
        }
    }
}
