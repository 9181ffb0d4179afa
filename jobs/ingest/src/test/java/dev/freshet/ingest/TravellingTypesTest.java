package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.freshet.core.account.IndexWatermark;
import dev.freshet.core.control.ControlCommand;
import dev.freshet.core.document.ChangeReceipt;
import dev.freshet.core.document.DeadLetter;
import dev.freshet.core.document.DocumentChange;
import dev.freshet.core.document.RawRecord;
import dev.freshet.core.document.SourcePosition;
import dev.freshet.core.fair.DaySpend;
import dev.freshet.core.revision.DocumentState;
import dev.freshet.core.revision.Revision;
import dev.freshet.ingest.account.PartitionAccount;
import dev.freshet.ingest.account.RecordOutcome;
import dev.freshet.ingest.account.SeenRecord;
import dev.freshet.ingest.deadletter.ChangeOrLetter;
import dev.freshet.ingest.embed.EmbeddedRevision;
import dev.freshet.ingest.guard.GuardEvent;
import dev.freshet.ingest.guard.KnownDocument;
import dev.freshet.ingest.guard.LiveDocuments;
import dev.freshet.ingest.guard.ParkedSize;
import dev.freshet.ingest.guard.RememberedFilter;
import dev.freshet.ingest.index.IndexedChange;
import dev.freshet.ingest.index.Overtaken;
import dev.freshet.ingest.inflight.WaitingTicket;
import dev.freshet.ingest.materialize.IndexUpdate;
import dev.freshet.ingest.materialize.RunningRebuild;
import dev.freshet.ingest.materialize.StoredChunk;
import dev.freshet.ingest.materialize.StoredDocument;
import dev.freshet.ingest.parse.ReadRecord;
import dev.freshet.ingest.rebuild.KnownRebuild;
import dev.freshet.ingest.rebuild.RebuildMarker;
import dev.freshet.ingest.rebuild.WrittenGeneration;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TravellingTypesTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                RawRecord.class,
                SourcePosition.class,
                ControlCommand.class,
                DocumentChange.class,
                GuardEvent.class,
                KnownDocument.class,
                LiveDocuments.class,
                ParkedSize.class,
                RememberedFilter.class,
                ChangeOrLetter.class,
                Revision.class,
                EmbeddedRevision.class,
                WaitingTicket.class,
                DaySpend.class,
                IndexUpdate.class,
                IndexedChange.class,
                ChangeReceipt.class,
                DeadLetter.class,
                DocumentState.class,
                StoredDocument.class,
                StoredChunk.class,
                ReadRecord.class,
                RecordOutcome.class,
                SeenRecord.class,
                PartitionAccount.class,
                IndexWatermark.class,
                RunningRebuild.class,
                KnownRebuild.class,
                RebuildMarker.class,
                WrittenGeneration.class,
                Overtaken.class
            })
    void noTypeOnAnEdgeOrInStateFallsBackToKryo(Class<?> type) {
        Configuration withoutKryo = new Configuration().set(PipelineOptions.GENERIC_TYPES, false);

        assertThatCode(() -> TypeInformation.of(type).createSerializer(new SerializerConfigImpl(withoutKryo)))
                .doesNotThrowAnyException();
    }
}
