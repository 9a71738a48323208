using System.Buffers;
using System.Diagnostics;

using MessagePack;

namespace Weir.Execution.Tests;

/// <summary>The bytes themselves: they are kept in checkpoints, so they may not change, and they are MessagePack to others too.</summary>
public sealed class CodecsBytesTests
{
    private static readonly CodecsSample.Order Order =
        new(300, new("Ann", null), 1.5m, CodecsSample.Color.Blue, new DateTime(2001, 1, 1, 0, 47, 0, DateTimeKind.Unspecified));

    private static readonly CodecsSample.Basket Basket = new()
    {
        Number = -1,
        Numbers = [0, 127, 128, 70000],
        Names = new() { ["zwei"] = 2, ["eins"] = null },
        Seen = [5, -5, 300],
        Days = [new DateOnly(2001, 1, 1)],
        Nested = [[1], []],
    };

    [Fact]
    public void The_bytes_of_version_1_are_those_of_every_later_version()
    {
        Assert.Equal(
            "95" + "CD012C" + "92A3416E6EC0" + "C410" + "0001000000000000000000000000000F" + "02" + "CF08C241A37BEE9A00",
            Hex(Order));
        Assert.Equal(
            "96" + "FF" + "94007FCC80CE00011170" + "82A465696E73C0A47A776569CB4000000000000000" + "9305CD012CFB" + "91CE000B2575"
                + "92910190",
            Hex(Basket));
        Assert.Equal("C3", Hex(true));
        Assert.Equal("C41000112233445566778899AABBCCDDEEFF", Hex(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")));
        Assert.Equal("92CF08C241A37BEE9A00D3FFFFFFF79E3B9800", Hex(new DateTimeOffset(2001, 1, 1, 0, 47, 0, TimeSpan.FromHours(-1))));
        Assert.Equal("C0", Hex<string?>(null));
        Assert.Equal("92A16107", Hex(("a", 7L)));
        Assert.Equal("93010203", Hex((1, 2, 3L)));
    }

    [Fact]
    public void The_schema_tells_names_types_and_order()
    {
        Assert.Equal("tuple{Item1:string,Item2:long}", Codecs.Of<(string, long)>().Schema.ToString());
        Assert.Equal("tuple{Item1:int,Item2:int,Item3:long}", Codecs.Of<(int, int, long)>().Schema.ToString());
        Assert.Equal(
            "S.Order{Id:long,Customer:S.Customer{Name:string,Mail:string},Amount:decimal,"
                + "Color:S.Color{number:short,Green:-1,Red:0,Blue:2},Paid:nullable{value:DateTime}}",
            Codecs.Of<CodecsSample.Order>().Schema.ToString().Replace("Weir.Execution.Tests.CodecsSample", "S", StringComparison.Ordinal));
        Assert.Equal(
            "S.Place{Name:string,Cell:tuple{Item1:int,Item2:S.Color{number:short,Green:-1,Red:0,Blue:2}}}",
            Codecs.Of<CodecsSample.Place>().Schema.ToString().Replace("Weir.Execution.Tests.CodecsSample", "S", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_MessagePack_reader_understands_them()
    {
        const string Script = """
            import sys, msgpack
            for line in sys.stdin:
                print(repr(msgpack.unpackb(bytes.fromhex(line.strip()), strict_map_key=False, raw=False)))
            """;
        var read = Python(Script,
            $"{Hex(Order)}\n{Hex(Basket)}\n{Hex(0.1)}\n{Hex(long.MinValue)}\n{Hex(ulong.MaxValue)}\n{Hex(new string('ü', 40000))}\n");

        Assert.Equal(
            [
                @"[300, ['Ann', None], b'\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0f', 2, 631139068200000000]",
                "[-1, [0, 127, 128, 70000], {'eins': None, 'zwei': 2.0}, [5, 300, -5], [730485], [[1], []]]",
                "0.1",
                "-9223372036854775808",
                "18446744073709551615",
                $"'{new string('ü', 40000)}'",
            ],
            read);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(300)]
    [InlineData(40000)]
    public void Texts_and_bytes_cross_the_buffers_that_they_are_written_to(int length)
    {
        var basket = new CodecsSample.Basket
        {
            Names = Enumerable.Range(0, 200)
            .ToDictionary(i => new string((char)('a' + (i % 26)), length) + i, i => (double?)i)
        };
        var orders = Enumerable.Range(0, 200)
            .Select(i => new CodecsSample.Order(i, new(new string('x', length + i), new string('ü', i)), 0, default, null)).ToArray();

        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        Codecs.Of<CodecsSample.Basket>().Write(ref writer, basket);
        foreach (var order in orders)
        {
            Codecs.Of<CodecsSample.Order>().Write(ref writer, order);
        }

        writer.Flush();
        var reader = new MessagePackReader(buffer.WrittenMemory);
        Assert.Equal(basket.Names, Codecs.Of<CodecsSample.Basket>().Read(ref reader).Names);
        foreach (var order in orders)
        {
            Assert.Equal(order, Codecs.Of<CodecsSample.Order>().Read(ref reader));
        }

        Assert.True(reader.End);
    }

    private static string Hex<T>(T value) => Convert.ToHexString(CodecsLawsTests.Encode(value));

    private static string[] Python(string script, string input)
    {
        const string Interpreter = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Interpreter), $"{Interpreter} is missing: apt-get install -y python3-msgpack");
        var start = new ProcessStartInfo(Interpreter, ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = System.Text.Encoding.ASCII,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            Environment = { ["PYTHONIOENCODING"] = "utf-8" },
        };
        using var python = Process.Start(start)!;
        python.StandardInput.Write(input);
        python.StandardInput.Close();
        var errors = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.SkipWhen(errors.Result.Contains("No module named 'msgpack'", StringComparison.Ordinal),
            "Python has no msgpack: apt-get install -y python3-msgpack");
        Assert.True(python.ExitCode == 0, errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
