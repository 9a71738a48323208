using Npgsql;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Reading;

/// <summary>Reads the rows of a table in the order of a column that only grows.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class CursorSource<T>(
    PostgresServer server, TableCursor split, Func<NpgsqlDataReader, T> read, PostgresReadOptions options)
    : Source<T, TableCursor>, IRunScoped
{
    public override string Description => $"table {split.Table} of PostgreSQL at {server.Address}";

    public override Codec<TableCursor> SplitCodec => TableCursorCodec.Instance;

    public override ValueTask<IReadOnlyList<TableCursor>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<TableCursor>>([split]);

    public override Offset StartOf(TableCursor split) => new(options.After);

    public override ISplitReader<T> Open(TableCursor split, Offset offset, SourceContext context) =>
        new CursorReader<T>(new CursorQuery<T>(server, split, read, options), offset.Value, options, context);

    public override string? Refuse(TableCursor stored) => stored == split
        ? null
        : $"the checkpoint was taken while table {stored.Table} was read by '{stored.Cursor}', and the source reads {split.Table} by "
            + $"'{split.Cursor}'. Read the same, or give the source another id so that it begins anew";

    public ValueTask EndRunAsync(Exception? failure) => server.EndRunAsync();
}
