package dev.freshet.core.fair;

/**
 * What one subtask has charged to a tenant's cap of a day.
 *
 * @param day since 1970, in UTC
 * @param spent what was used, and what days before used beyond their caps
 * @param reserved for what is under way
 */
public record DaySpend(String tenant, long day, long spent, long reserved) {}
