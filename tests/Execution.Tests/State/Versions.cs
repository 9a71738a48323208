namespace Weir.Execution.Tests.State;

/// <summary>Types as they were in one version of a job, and as they are in the next.</summary>
public static class Versions
{
    public static class Then
    {
        public enum Tier
        {
            Bronze,
            Silver,
            Gold,
        }

        [GenerateCodec]
        public sealed record Customer(string Name, string Mail);

        [GenerateCodec]
        public sealed record Order(int Id, string Old, string Note, Customer Customer, List<Customer> Others, Tier Tier, float Share)
        {
            public string? Gone { get; init; }

            public Dictionary<Tier, int> Counts { get; init; } = [];
        }

        [GenerateCodec]
        public abstract record Shape
        {
            public sealed record Circle(int Radius) : Shape;

            public sealed record Box(int Width, Shape? Inner) : Shape;
        }

        [GenerateCodec]
        public sealed record Node(int Value, List<Node> Children);

        [GenerateCodec]
        public sealed record Key(string Name, ushort Part, Tier Tier);

        [GenerateCodec]
        public struct Sum
        {
            public long Total;
        }

        public sealed record Gen<T>(T Value, int Count);

        [GenerateCodec]
        public sealed record Boxes(Gen<int> One, List<Gen<short>> Many, Dictionary<string, Gen<Gen<byte>>> Deep);
    }

    public static class Now
    {
        [WasNamed("Weir.Execution.Tests.State.Versions.Then.Tier")]
        public enum Tier : long
        {
            Wood,
            Bronze,

            [WasNamed("Silver")]
            Argent,
            Gold = 17,
        }

        [GenerateCodec, WasNamed("Weir.Execution.Tests.State.Versions.Then.Customer")]
        public sealed class Customer
        {
            public string Mail { get; init; } = "";

            public string Name { get; init; } = "";

            public int Stars { get; init; } = -5;
        }

        /// <summary>Two texts have changed places, numbers are wider, a member is gone, one renamed, and four are new.</summary>
        [GenerateCodec, WasNamed("Weir.Execution.Tests.State.Versions.Then.Order")]
        public sealed record Order(
            decimal Id,
            string Note,
            [WasNamed("Old")] string New,
            Customer Customer,
            List<Customer> Others,
            Tier? Tier,
            double? Share,
            string Country = "EU",
            decimal Rate = 1.50m)
        {
            public Dictionary<Tier, long> Counts { get; init; } = [];

            public List<int> Added { get; init; } = [];

            public Tier Level { get; init; } = Versions.Now.Tier.Gold;
        }

        [GenerateCodec, WasNamed("Weir.Execution.Tests.State.Versions.Then.Shape")]
        public abstract record Shape
        {
            [WasNamed("Circle"), WasNamed("Weir.Execution.Tests.State.Versions.Then.Shape.Circle")]
            public sealed record Disc(long Radius, int Colour = 3) : Shape;

            [WasNamed("Weir.Execution.Tests.State.Versions.Then.Shape.Box")]
            public sealed record Box(int Width, Shape? Inner) : Shape;

            public sealed record Added : Shape;
        }

        [GenerateCodec, WasNamed("Weir.Execution.Tests.State.Versions.Then.Node")]
        public sealed record Node(List<Node> Children, int Value, string Name = "none");

        [WasNamed("Weir.Execution.Tests.State.Versions.Then.Tier")]
        public enum KeyTier
        {
            Bronze,
            Silver,
            Gold,
            Platinum,
        }

        [GenerateCodec, WasNamed("Weir.Execution.Tests.State.Versions.Then.Key")]
        public sealed record Key([WasNamed("Name")] string Title, uint Part, KeyTier? Tier);

        [GenerateCodec, WasNamed("Weir.Execution.Tests.State.Versions.Then.Key")]
        public sealed record ShortKey(string Name, ushort Part);

        [GenerateCodec, WasNamed("Weir.Execution.Tests.State.Versions.Then.Key")]
        public sealed record RenumberedKey(string Name, ushort Part, Tier Tier);

        [WasNamed("Weir.Execution.Tests.State.Versions.Then.Gen")]
        public sealed record Gen<T>(long Count, T Value);

        [GenerateCodec, WasNamed("Weir.Execution.Tests.State.Versions.Then.Boxes")]
        public sealed record Boxes(Gen<long> One, List<Gen<int>> Many, Dictionary<string, Gen<Gen<decimal>>> Deep);

        [GenerateCodec, WasNamed("Weir.Execution.Tests.State.Versions.Then.Boxes")]
        public sealed record TextBoxes(Gen<string> One);

        [GenerateCodec, WasNamed("Weir.Execution.Tests.State.Versions.Then.Sum")]
        public struct Sum
        {
            public decimal Total;

            public long Count;
        }
    }
}
