// reports: WEIR3002
using Weir;
using Weir.Corpus;


await Play.Run(job => job.From(Feed.Of(1, 2, 3)).Where(n => n > 1).Select(n => n * 2).To(Caught.As<int>()));
