using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Changes;

/// <summary>Follows the changes of a database by a replication slot.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class ChangesSource<T>(
    PostgresServer server, string publication, string slot, Func<RowChange, T> read, PostgresChangesOptions options)
    : Source<T, ReplicationSplit>, IEndlessSource, IRunScoped
{
    public override string Description => $"changes of PostgreSQL at {server.Address}, by slot '{slot}' and publication '{publication}'";

    public bool IsEndless => true;

    public override Codec<ReplicationSplit> SplitCodec => ReplicationSplitCodec.Instance;

    public override async ValueTask<IReadOnlyList<ReplicationSplit>> ListSplitsAsync(
        SourceContext context, CancellationToken cancellation)
    {
        try
        {
            var from = await Check.BeginAsync(cancellation).ConfigureAwait(false);
            return [new ReplicationSplit(slot, publication, (long)(ulong)from)];
        }
        catch (Exception refused) when (Failures.IsRefusal(refused))
        {
            throw new SourceException($"The {Description} cannot be read: {Failures.TextOf(refused)}", refused);
        }
    }

    public override Offset StartOf(ReplicationSplit split) => new(split.From);

    public override ISplitReader<T> Open(ReplicationSplit split, Offset offset, SourceContext context) =>
        new ChangesReader<T>(new ChangeFeed<T>(server, Check, split, read, options, offset, context), offset, options, context);

    public override string? Refuse(ReplicationSplit stored) => stored.Slot == slot && stored.Publication == publication
        ? null
        : $"the checkpoint was taken while slot '{stored.Slot}' was read by publication '{stored.Publication}', and the source reads "
            + $"'{slot}' by '{publication}'. Read the same, or give the source another id so that it begins anew";

    public ValueTask EndRunAsync(Exception? failure) => server.EndRunAsync();

    private ReplicationCheck Check => new(server, slot, publication, options);
}
