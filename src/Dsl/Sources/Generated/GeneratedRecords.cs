namespace Weir;

/// <summary>A source of records that are made of their index. Immutable: its verbs answer another source.</summary>
/// <typeparam name="T">The records.</typeparam>
public sealed class GeneratedRecords<T> : ISource<T>, IEndlessSource
{
    private readonly Func<long, T> _record;
    private readonly double? _perSecond;
    private readonly long? _count;
    private readonly int? _splits;

    internal GeneratedRecords(Func<long, T> record, double? perSecond = null, long? count = null, int? splits = null)
    {
        _record = record;
        _perSecond = perSecond;
        _count = count;
        _splits = splits;
    }

    /// <inheritdoc/>
    public string Description => Source.Description;

    bool IEndlessSource.IsEndless => _count is null;

    private GeneratedSource<T> Source => new(_record, _perSecond, _count, _splits);

    /// <summary>Makes so many records a second, by the job's clock, over all splits.</summary>
    /// <remarks>What could not be made while the job was held back is made up for, but no more than a second's worth.</remarks>
    /// <param name="records">How many; more than 0.</param>
    /// <returns>The same source at that rate.</returns>
    public GeneratedRecords<T> PerSecond(double records)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(records);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records, 1e12);
        return new GeneratedRecords<T>(_record, records, _count, _splits);
    }

    /// <summary>Ends after so many records.</summary>
    /// <param name="records">How many; 0 for none at all.</param>
    /// <returns>The same source with that end.</returns>
    public GeneratedRecords<T> Take(long records)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(records);
        return new GeneratedRecords<T>(_record, _perSecond, records, _splits);
    }

    /// <summary>Sets the number of splits: 1 for records in the order of their indices.</summary>
    /// <param name="splits">How many; at least 1. It counts when a job starts without a checkpoint.</param>
    /// <returns>The same source in those splits.</returns>
    public GeneratedRecords<T> InSplits(int splits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(splits, 1);
        return new GeneratedRecords<T>(_record, _perSecond, _count, splits);
    }

    /// <inheritdoc/>
    public TResult Accept<TResult>(ISourceVisitor<T, TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit(Source);
    }
}
