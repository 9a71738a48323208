namespace Weir.Wire;

/// <summary>
/// Arrays of several dimensions: an array of the lengths, and one of the items in order, the last index fastest; null as nil.
/// </summary>
/// <typeparam name="TGrid">The array.</typeparam>
/// <typeparam name="TItem">Its items.</typeparam>
/// <param name="rank">The number of dimensions.</param>
/// <param name="make">Makes an array of the lengths.</param>
public sealed class GridCodec<TGrid, TItem>(int rank, Func<int[], TGrid> make) : Codec<TGrid>
    where TGrid : class
{
    /// <inheritdoc/>
    public override Schema Schema => new($"grid{rank}", [new("item", Codecs.Of<TItem>().Schema)]);

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, in TGrid value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        var grid = (Array)(object)value;
        writer.WriteArrayHeader(2);
        writer.WriteArrayHeader(rank);
        for (var dimension = 0; dimension < rank; dimension++)
        {
            if (grid.GetLowerBound(dimension) != 0)
            {
                throw new NotSupportedException(
                    "An array whose indexes do not begin at 0 enters state, which does not keep where they do.");
            }

            writer.Write((long)grid.GetLength(dimension));
        }

        writer.WriteArrayHeader(grid.Length);
        var codec = Codecs.Of<TItem>();
        foreach (TItem item in grid)
        {
            codec.Write(ref writer, item);
        }
    }

    /// <inheritdoc/>
    public override TGrid Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return default!;
        }

        reader.ReadArrayOf(2);
        reader.ReadArrayOf(rank);
        var lengths = new int[rank];
        var product = 1L;
        var isEmpty = false;
        for (var dimension = 0; dimension < rank; dimension++)
        {
            lengths[dimension] = (int)reader.ReadBounded(0, Array.MaxLength);
            isEmpty |= lengths[dimension] == 0;
            product = isEmpty ? 0 : checked(product * lengths[dimension]);
        }

        // Items take a byte at least: what is allocated was there.
        var count = reader.ReadArrayHeader();
        if (count != product)
        {
            throw new InvalidDataException($"{count} items do not fill an array of {string.Join(" × ", lengths)}.");
        }

        var grid = make(lengths);
        var items = (Array)(object)grid;
        var codec = Codecs.Of<TItem>();
        var at = new int[rank];
        for (var i = 0; i < count; i++)
        {
            items.SetValue(codec.Read(ref reader), at);
            for (var dimension = rank - 1; dimension >= 0 && ++at[dimension] == lengths[dimension]; dimension--)
            {
                at[dimension] = 0;
            }
        }

        return grid;
    }
}
