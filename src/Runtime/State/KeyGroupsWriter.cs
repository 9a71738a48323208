using System.Buffers;
using System.Collections.Immutable;

namespace Weir.Runtime.State;

/// <summary>Writes pieces of key groups one behind the other: into a handle while they are few, to a file otherwise.</summary>
/// <param name="id">The operator's id.</param>
/// <param name="inlineBytes">The most bytes of a handle.</param>
/// <param name="isLimit">Whether more is too much: no file is written.</param>
internal sealed class KeyGroupsWriter(string id, long inlineBytes, bool isLimit)
{
    private readonly ImmutableArray<KeyGroupSlice>.Builder _slices = ImmutableArray.CreateBuilder<KeyGroupSlice>(0);
    private readonly ArrayBufferWriter<byte> _first = new();
    private long _offset;

    /// <summary>Writes.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="writeFile">Makes a file of what it is told to write.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    /// <returns>Where they are, null if there are none, and where each is in there.</returns>
    /// <exception cref="StateLimitException">It is too much.</exception>
    public async ValueTask<(StateHandle? Handle, ImmutableArray<KeyGroupSlice> Slices)> WriteAsync(
        IEnumerable<KeyGroupState> pieces,
        Func<Func<Stream, CancellationToken, ValueTask>, CancellationToken, ValueTask<StateHandle>> writeFile,
        CancellationToken cancellation)
    {
        using var next = pieces.GetEnumerator();
        while (next.MoveNext())
        {
            var entries = Locate(next.Current);
            if (_offset > inlineBytes)
            {
                var file = isLimit
                    ? throw new StateLimitException(id, SizeOf(next), inlineBytes)
                    : await writeFile((stream, stop) => WriteAllAsync(stream, entries, next, stop), cancellation).ConfigureAwait(false);
                return (file, _slices.ToImmutable());
            }

            _first.Write(entries.Span);
        }

        return (_first.WrittenCount == 0 ? null : new StateHandle.Inline(_first.WrittenMemory), _slices.ToImmutable());
    }

    private ReadOnlyMemory<byte> Locate(KeyGroupState piece)
    {
        var entries = piece.Entries;
        _slices.Add(new KeyGroupSlice(piece.KeyGroup, 0, _offset, entries.Length));
        _offset += entries.Length;
        return entries;
    }

    // The job fails: whoever chooses another limit has to know how much there is.
    private long SizeOf(IEnumerator<KeyGroupState> next)
    {
        while (next.MoveNext())
        {
            Locate(next.Current);
        }

        return _offset;
    }

    private async ValueTask WriteAllAsync(
        Stream stream, ReadOnlyMemory<byte> entries, IEnumerator<KeyGroupState> next, CancellationToken stop)
    {
        await stream.WriteAsync(_first.WrittenMemory, stop).ConfigureAwait(false);
        await stream.WriteAsync(entries, stop).ConfigureAwait(false);
        while (next.MoveNext())
        {
            stop.ThrowIfCancellationRequested();
            await stream.WriteAsync(Locate(next.Current), stop).ConfigureAwait(false);
        }
    }
}
