package dev.freshet.local.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The documents in a folder; the path within the folder is the document's id. */
final class FolderSource implements Source {

    private final FolderListing listing;
    private final List<String> gone;
    private final Envelopes envelopes;

    private FolderSource(FolderListing listing, List<String> gone, Envelopes envelopes) {
        this.listing = listing;
        this.gone = gone;
        this.envelopes = envelopes;
    }

    /**
     * Lists the folder.
     *
     * @param withImages whether images are documents
     * @param known ids of which those without a file are deleted
     */
    static FolderSource of(Path folder, boolean withImages, List<String> known, Envelopes envelopes)
            throws IOException {
        FolderListing listing = FolderListing.of(folder, withImages);
        // A file that grew too large is still there: what the index holds of it is old, but it was not deleted.
        List<String> gone = known.stream().filter(id -> !listing.has(id)).toList();
        return new FolderSource(listing, gone, envelopes);
    }

    List<String> ids() {
        List<String> ids = new ArrayList<>(listing.documents().navigableKeySet());
        ids.addAll(listing.tooLarge());
        ids.addAll(listing.images());
        return ids;
    }

    @Override
    public SkippedFiles skipped() {
        return new SkippedFiles(listing.tooLarge(), listing.images(), listing.unknown());
    }

    @Override
    public long expected() {
        return (long) listing.documents().size() + gone.size();
    }

    @Override
    public void read(Sink sink) throws IOException, InterruptedException {
        for (String id : gone) {
            if (!sink.take(envelopes.delete(id, Instant.now()))) {
                return;
            }
        }
        for (var file : listing.documents().entrySet()) {
            byte[] content = Files.readAllBytes(file.getValue());
            Instant changed = Files.getLastModifiedTime(file.getValue()).toInstant();
            if (!sink.take(envelopes.upsert(file.getKey(), content, changed))) {
                return;
            }
        }
    }
}
