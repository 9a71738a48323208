using System.Buffers;
using Weir.RocksDbState.Stores;

namespace Weir.RocksDbState.Tests.Stores;

/// <summary>Rows of bytes are sorted by their keys.</summary>
public sealed class ByteRowsTests
{
    // Few rows are sorted in another way than many; keys that are alike for long in a third.
    [Theory]
    [InlineData(1, 0, 4, 256)]
    [InlineData(2, 20, 4, 256)]
    [InlineData(3, 100, 12, 2)]
    [InlineData(4, 5_000, 3, 256)]
    [InlineData(5, 5_000, 12, 2)]
    [InlineData(6, 20_000, 20, 256)]
    [InlineData(7, 3_000, 40, 1)]
    public void The_order_is_that_of_the_bytes_and_of_equal_keys_as_they_came(int seed, int count, int longest, int letters)
    {
        var random = new Random(seed);
        var rows = new ByteRows();
        for (var times = 0; times < 2; times++)
        {
            rows.Clear();
            var expected = new List<(byte[] Key, int Row)>();
            for (var row = 0; row < count; row++)
            {
                var key = new byte[random.Next(longest + 1)];
                foreach (ref var letter in key.AsSpan())
                {
                    letter = (byte)random.Next(letters);
                }

                rows.Writer.Write<byte>([9, 9, 9, .. key]);
                rows.EndKey();
                rows.Writer.Write<byte>([1]);
                rows.End();
                expected.Add((key, row));
            }

            expected.Sort(static (left, right) =>
                left.Key.AsSpan().SequenceCompareTo(right.Key) is not 0 and var keys ? keys : left.Row - right.Row);
            Assert.Equal(expected.Select(static entry => entry.Row), rows.Order().ToArray());
        }
    }
}
