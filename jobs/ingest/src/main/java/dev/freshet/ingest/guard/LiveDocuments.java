package dev.freshet.ingest.guard;

import java.util.ArrayList;
import java.util.List;

/**
 * How many documents of a tenant are live, and the most there were in each part of the window. A part in which nothing changed has no
 * peak: the number at its end, or at the start of the next one, stands for it.
 */
public record LiveDocuments(long now, List<Peak> peaks) {
    /** Parts of a window; it is as long as asked for, and by up to one part longer. */
    static final int PARTS = 10;

    static final LiveDocuments NONE = new LiveDocuments(0, List.of());

    public LiveDocuments {
        peaks = peaks == null ? List.of() : peaks;
    }

    /**
     * The most live documents in one part of the window.
     *
     * @param part counted from 1970
     */
    public record Peak(long part, long most) {}

    /** With more documents, or fewer, from this part on. */
    LiveDocuments changed(long by, long part) {
        long most = Math.max(now, now + by);
        List<Peak> kept = new ArrayList<>(PARTS + 1);
        for (Peak peak : peaks) {
            if (peak.part() == part) {
                most = Math.max(most, peak.most());
            } else if (peak.part() >= part - PARTS) {
                kept.add(peak);
            }
        }
        kept.add(new Peak(part, most));
        return new LiveDocuments(now + by, kept);
    }

    /** The most live documents in the window that ends with this part. */
    long most(long part) {
        long most = now;
        for (Peak peak : peaks) {
            if (peak.part() >= part - PARTS) {
                most = Math.max(most, peak.most());
            }
        }
        return most;
    }

    /** With a window that begins now. */
    LiveDocuments withoutPast() {
        return new LiveDocuments(now, List.of());
    }
}
