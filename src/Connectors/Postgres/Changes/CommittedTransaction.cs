using NpgsqlTypes;

namespace Weir.PostgreSql.Changes;

/// <summary>The transaction whose changes come next.</summary>
/// <param name="CommitLsn">Where it was committed: a log that is read from here has it first.</param>
/// <param name="CommitTime">When, in UTC.</param>
internal sealed record CommittedTransaction(NpgsqlLogSequenceNumber CommitLsn, DateTime CommitTime);
