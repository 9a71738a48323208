using Weir.PostgreSql.Transactions;

namespace Weir.PostgreSql.Tables;

/// <summary>What a sink needs to know of the server.</summary>
/// <param name="Identity">Which it is.</param>
/// <param name="Version">Its version number: 150006.</param>
/// <param name="Role">The role that the connection has.</param>
/// <param name="MaxPreparedTransactions">How many transactions may be prepared at the same time; 0 if none may.</param>
/// <param name="IsReadOnly">Whether it takes no writes: a standby, or by its settings.</param>
/// <param name="IdleLimit">After how long without a command it ends a session that has a transaction open; null for never.</param>
/// <param name="TransactionLimit">How long a transaction may last before it is prepared; null for as long as it likes.</param>
internal sealed record ServerFacts(
    ServerIdentity Identity,
    int Version,
    string Role,
    int MaxPreparedTransactions,
    bool IsReadOnly,
    TimeSpan? IdleLimit,
    TimeSpan? TransactionLimit);
