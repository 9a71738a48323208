
using System.Globalization;
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>(), new Rules(5), ["ann", "bob"], new Level(2)));

public class Rules(decimal least)
{
    public virtual bool IsBig(Order order) => order.Amount > least;

    public static int Twice(int number) => number * 2;

    public static int Twice(Order order) => order.Id * 2;

    public static int Twice(object anything) => -1;

    public static T Same<T>(T value) => value;

    public static string Text(object value) => "t" + value;
}

public sealed class Strict(decimal least) : Rules(least)
{
    public override bool IsBig(Order order) => base.IsBig(order) && order.Id < 100;
}

public readonly record struct Level(int Number)
{
    public bool Allows(Order order) => order.Id >= Number - 1;
}

public static class Extensions
{
    public static bool Accepts(this Rules rules, Order order) => rules.IsBig(order) || order.Note is not null;

    public static string Shown(this string text) => text + ".";
}

public static class Pipelines
{
    private static readonly Func<string, bool> IsLong = text => text.Length > 1;

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink, Rules rules, HashSet<string> names, Level level)
    {
        var strict = (Rules)new Strict(1);
        Func<string, bool> isShort = text => text.Length < 100 + names.Count;
        job.From(orders).Where(rules.Accepts).Where(strict.IsBig).Where(level.Allows).Select(Rules.Same)
            .Where(Known).Select(Rules.Twice).Select(Rules.Twice).Select(Number).Where(IsLong).Where(isShort).Where(text => true)
            .Select<string, string>(Rules.Text).Select(Extensions.Shown).SelectMany(Letters).Where(char.IsLetterOrDigit)
            .Select(letter => letter.ToString()).Where(Own).Select(string.Intern).To(sink);

        bool Known(Order order)
        {
            var other = order.Customer;
            return names.Contains(other) || level.Number > 5;
        }

        string Number(int number) => number.ToString(CultureInfo.InvariantCulture) + names.Count;
    }

    private static bool Own(string text) => text != "q";

    private static List<char> Letters(string text) => [.. text];
}

public sealed record Order(int Id, DateTime At, string Customer, decimal Amount, string? Note = null);

public static class Data
{
    public static ISource<Order> Orders() => Feed.Of(
        new Order(1, new DateTime(2026, 1, 1, 9, 0, 0), "ann", 12.5m),
        new Order(2, new DateTime(2026, 1, 1, 9, 20, 0), "bob", 3m, "gift"),
        new Order(3, new DateTime(2026, 1, 1, 9, 40, 0), "ann", 7.5m),
        new Order(4, new DateTime(2026, 1, 1, 10, 5, 0), "cid", 120m, "urgent"),
        new Order(5, new DateTime(2026, 1, 1, 10, 30, 0), "bob", 0.5m),
        new Order(6, new DateTime(2026, 1, 1, 11, 0, 0), "ann", 55m));
}
