using System.Globalization;

namespace Weir;

/// <summary>Draws on an <see cref="IEnumerable{T}"/>, whose moves may block.</summary>
/// <param name="open">Makes the sequence; called before the first move.</param>
/// <param name="skip">How many records to pass over at its beginning.</param>
internal sealed class EnumerablePull<T>(Func<IEnumerable<T>> open, long skip) : IPull<T>
{
    private IEnumerator<T>? _records;

    public T Current => _records!.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        if (_records is null)
        {
            _records = (open() ?? throw new SequenceException("The function that From was given returned null instead of a sequence."))
                .GetEnumerator();
            for (var passed = 0L; passed < skip; passed++)
            {
                if (!_records.MoveNext())
                {
                    throw Shorter(passed, skip);
                }
            }
        }

        return new(_records.MoveNext());
    }

    public void Cancel()
    {
    }

    public ValueTask DisposeAsync()
    {
        _records?.Dispose();
        return ValueTask.CompletedTask;
    }

    public static SequenceException Shorter(long records, long offset) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The checkpoint stands behind record {offset} of the sequence, which had only {records} when it was read again. "
            + $"The function that From is given must make the same records each time. If it cannot, give From the sequence itself."));
}
