namespace Weir.Databases;

/// <summary>The rows that wait to be sent, in order.</summary>
internal sealed class RowBuffer<T>
{
    private readonly List<UpsertRow<T>> _rows = [];

    public IReadOnlyList<UpsertRow<T>> Rows => _rows;

    /// <summary>A row is to be put in, whatever was there by its key.</summary>
    public void Put(T record) => _rows.Add(new UpsertRow<T>(_rows.Count, IsGone: false, record));

    /// <summary>A row is to be taken out. One that follows with the same key puts it in again.</summary>
    public void TakeOut(T record) => _rows.Add(new UpsertRow<T>(_rows.Count, IsGone: true, record));

    /// <summary>All have been sent.</summary>
    public void Clear() => _rows.Clear();
}

/// <summary>What becomes of a record that comes to an upsert.</summary>
internal static class RowBuffer
{
    /// <summary>A record is a row.</summary>
    public static void Put<T>(T record, RowBuffer<T> rows) => rows.Put(record);

    /// <summary>A change takes its old row out and puts its new one in. The old one first: of one batch and one key the last
    /// counts.</summary>
    public static void Apply<T>(Change<T> change, RowBuffer<T> rows)
    {
        if (change.HasOld)
        {
            rows.TakeOut(change.Old);
        }

        if (change.HasNew)
        {
            rows.Put(change.New);
        }
    }
}
