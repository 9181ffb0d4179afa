package dev.freshet.bench.contender;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a tool is asked for, as one line of JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Work.class, name = "work"),
    @JsonSubTypes.Type(value = Search.class, name = "search")
})
public sealed interface Request permits Work, Search {}
